extension AddressRuleCatalogue {
  /// Rules about comments, white space and the characters of a domain.
  static var domain: [AddressRuleEntry] {
    [
      // Comments and white space.
      AddressRuleEntry(
        .comment, "address.comment", .headerCaution,
        "A comment may stand in a header field, never in the envelope.",
        "RFC 5322 §3.2.2; RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .commentUnclosed, "address.comment-unclosed", .error,
        "The comment is not closed.",
        "RFC 5322 §3.2.2"),
      AddressRuleEntry(
        .commentUnopened, "address.comment-unopened", .error,
        "A \")\" closes no comment.",
        "RFC 5322 §3.2.2"),
      AddressRuleEntry(
        .commentChar, "address.comment-char", .error,
        "NUL cannot stand in a comment.",
        "RFC 5322 §3.2.2"),
      AddressRuleEntry(
        .commentControl, "address.comment-control", .headerObsolete,
        "The control character {} stands in a comment.",
        "RFC 5322 §4.1"),
      AddressRuleEntry(
        .commentQpControl, "address.comment-qp-control", .headerObsolete,
        "The control character {} stands behind a backslash in a comment.",
        "RFC 5322 §4.1"),
      AddressRuleEntry(
        .commentNonAscii, "address.comment-non-ascii", .utf8HeaderInfo,
        "{} in a comment is allowed in internationalized header fields only.",
        "RFC 6532 §3.2"),
      AddressRuleEntry(
        .whitespace, "address.whitespace", .headerCaution,
        "White space around the address or its parts: in header fields only.",
        "RFC 5322 §3.2.2; RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .fold, "address.fold", .headerCaution,
        "The address is folded over two lines: in header fields only.",
        "RFC 5322 §2.2.3; RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .fwsObs, "address.fws-obs", .headerObsolete,
        "White space is folded more than once.",
        "RFC 5322 §4.2, erratum 1908"),
      AddressRuleEntry(
        .cfwsNearAt, "address.cfws-near-at", .headerCaution,
        "A comment or white space stands next to the \"@\".",
        "RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .cfwsNearDot, "address.cfws-near-dot", .headerObsolete,
        "A comment or white space stands next to a dot.",
        "RFC 5322 §4.4"),
      AddressRuleEntry(
        .bareCr, "address.bare-cr", .error,
        "A CR stands without its LF.",
        "RFC 5322 §2.2"),
      AddressRuleEntry(
        .bareLf, "address.bare-lf", .error,
        "An LF stands without its CR.",
        "RFC 5322 §2.2"),
      AddressRuleEntry(
        .crlfNoWsp, "address.crlf-no-wsp", .error,
        "A line end is not followed by white space.",
        "RFC 5322 §2.2.3"),
      // Domain: dots and characters.
      AddressRuleEntry(
        .domainDotLeading, "address.domain-dot-leading", .error,
        "The domain starts with a dot.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .domainDotTrailing, "address.domain-dot-trailing", .error,
        "The domain ends with a dot; the root dot of DNS is not mail syntax.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .domainDotConsecutive, "address.domain-dot-consecutive", .error,
        "Two dots stand next to each other in the domain.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .domainChar, "address.domain-char", .error,
        "{} cannot stand in a domain.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .domainSpace, "address.domain-space", .error,
        "White space stands inside the domain.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .domainControl, "address.domain-control", .error,
        "The control character {} cannot stand in a domain.",
        "RFC 5321 §4.1.2; RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .domainTextAfterComment, "address.domain-text-after-comment", .error,
        "{} stands directly after a comment inside the domain.",
        "RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .domainQuoted, "address.domain-quoted", .error,
        "A quotation mark stands in the domain; only a local part can be quoted.",
        "RFC 5321 §4.1.2; RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .domainUnderscore, "address.domain-underscore", .headerCaution,
        "An underscore cannot stand in a host name.",
        "RFC 5321 §4.1.2, §2.3.5; RFC 1123 §2.1"),
      AddressRuleEntry(
        .domainNotLdh, "address.domain-not-ldh", .headerCaution,
        "{} is not a letter, digit or hyphen.",
        "RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .domainHyphenStart, "address.domain-hyphen-start", .headerCaution,
        "A label starts with a hyphen.",
        "RFC 5321 §4.1.2; RFC 1123 §2.1"),
      AddressRuleEntry(
        .domainHyphenEnd, "address.domain-hyphen-end", .headerCaution,
        "A label ends with a hyphen.",
        "RFC 5321 §4.1.2; RFC 1035 §2.3.1"),
      AddressRuleEntry(
        .domainNonAscii, "address.domain-non-ascii", .utf8Info,
        "{} in the domain needs SMTPUTF8, or the A-label form where there is one.",
        "RFC 6531 §3.3; RFC 5890 §2.3.2.1"),
    ]
  }
}
