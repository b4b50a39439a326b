extension AddressRuleCatalogue {
  /// Rules about the whole address, its local part and quoted strings.
  static var localPart: [AddressRuleEntry] {
    [
      // Structure.
      AddressRuleEntry(
        .empty, "address.empty", .error,
        "The address is empty.",
        "RFC 5321 §4.1.2; RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .noAt, "address.no-at", .error,
        "There is no \"@\" between a local part and a domain.",
        "RFC 5321 §4.1.2; RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .multipleAt, "address.multiple-at", .error,
        "A second \"@\" stands in the domain; one in the local part must be quoted.",
        "RFC 5321 §4.1.2; RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .localEmpty, "address.local-empty", .error,
        "Nothing stands before the \"@\".",
        "RFC 5321 §4.1.2; RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .domainEmpty, "address.domain-empty", .error,
        "Nothing stands after the \"@\".",
        "RFC 5321 §4.1.2; RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .nameAddrForm, "address.name-addr-form", .error,
        "This is a name with an address in angle brackets, not a bare address.",
        "RFC 5322 §3.4"),
      AddressRuleEntry(
        .addressList, "address.address-list", .error,
        "This is a list of addresses, not one address.",
        "RFC 5322 §3.4"),
      AddressRuleEntry(
        .utf8Malformed, "address.utf8-malformed", .error,
        "The octet {} does not belong to well-formed UTF-8.",
        "RFC 3629 §3; RFC 6532 §3.1"),
      // Local part: dots.
      AddressRuleEntry(
        .localDotLeading, "address.local-dot-leading", .error,
        "The local part starts with a dot.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .localDotTrailing, "address.local-dot-trailing", .error,
        "The local part ends with a dot.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .localDotConsecutive, "address.local-dot-consecutive", .error,
        "Two dots stand next to each other in the local part.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.3"),
      // Local part: characters.
      AddressRuleEntry(
        .localChar, "address.local-char", .error,
        "{} cannot stand in an unquoted local part.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .localSpace, "address.local-space", .error,
        "White space stands inside an unquoted local part.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .localControl, "address.local-control", .error,
        "The control character {} cannot stand in a local part.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .localBackslash, "address.local-backslash", .error,
        "A backslash outside quotes quotes nothing.",
        "RFC 5321 §4.1.2; RFC 3696 erratum 246"),
      AddressRuleEntry(
        .localQuoteInAtom, "address.local-quote-in-atom", .error,
        "A quotation mark stands inside or after unquoted text.",
        "RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .localTextAfterQuoted, "address.local-text-after-quoted", .error,
        "{} stands directly after a closing quotation mark.",
        "RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .localTextAfterComment, "address.local-text-after-comment", .error,
        "{} stands directly after a comment inside the local part.",
        "RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .localNonAscii, "address.local-non-ascii", .utf8Info,
        "{} in the local part needs SMTPUTF8.",
        "RFC 6531 §3.3; RFC 6532 §3.2"),
      AddressRuleEntry(
        .localObsWords, "address.local-obs-words", .headerObsolete,
        "Quoted and unquoted words are joined by dots: an obsolete header form that SMTP never allows.",
        "RFC 5322 §4.4; RFC 5321 §4.1.2"),
      // Quoted strings.
      AddressRuleEntry(
        .quotedUnclosed, "address.quoted-unclosed", .error,
        "The quoted string is not closed.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.4"),
      AddressRuleEntry(
        .quotedNul, "address.quoted-nul", .error,
        "NUL cannot stand in a quoted string.",
        "RFC 5322 §4.1"),
      AddressRuleEntry(
        .quotedBareCr, "address.quoted-bare-cr", .error,
        "A CR without its LF stands in a quoted string.",
        "RFC 5322 §2.2"),
      AddressRuleEntry(
        .quotedBareLf, "address.quoted-bare-lf", .error,
        "An LF without its CR stands in a quoted string.",
        "RFC 5322 §2.2"),
      AddressRuleEntry(
        .quotedCrlf, "address.quoted-crlf", .error,
        "A line end in a quoted string is not followed by white space.",
        "RFC 5322 §3.2.2"),
      AddressRuleEntry(
        .quotedControl, "address.quoted-control", .headerObsolete,
        "The control character {} stands in a quoted string.",
        "RFC 5322 §4.1; RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .quotedTab, "address.quoted-tab", .headerCaution,
        "A tab stands in a quoted string: folding white space, in headers only.",
        "RFC 5322 §3.2.4; RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .quotedFold, "address.quoted-fold", .headerCaution,
        "A quoted string is folded over two lines: in headers only.",
        "RFC 5322 §3.2.4; RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .quotedPairControl, "address.quoted-pair-control", .headerObsolete,
        "The control character {} stands behind a backslash.",
        "RFC 5322 §4.1; RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .quotedPairTab, "address.quoted-pair-tab", .headerCaution,
        "A tab stands behind a backslash: in headers only.",
        "RFC 5322 §3.2.1; RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .quotedPairNonAscii, "address.quoted-pair-non-ascii", .utf8HeaderCaution,
        "{} stands behind a backslash; SMTPUTF8 does not extend quoted pairs.",
        "RFC 6531 §3.3; RFC 6532 §3.2"),
      AddressRuleEntry(
        .quotedNonAscii, "address.quoted-non-ascii", .utf8Info,
        "{} in a quoted string needs SMTPUTF8.",
        "RFC 6531 §3.3; RFC 6532 §3.2"),
      AddressRuleEntry(
        .quotedEmpty, "address.quoted-empty", .caution,
        "The quoted local part is empty: allowed by the grammar, but it names no mailbox.",
        "RFC 5321 §4.1.2; RFC 5322 erratum 3135"),
      AddressRuleEntry(
        .quotedString, "address.quoted-string", .caution,
        "The local part is quoted: allowed, but many systems refuse it.",
        "RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .quotedUnneeded, "address.quoted-unneeded", .info,
        "The quotation marks are not needed; without them it is the same mailbox.",
        "RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .quotedPairUnneeded, "address.quoted-pair-unneeded", .info,
        "The backslash before {} is not needed.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.1"),
    ]
  }
}
