extension AddressRuleCatalogue {
  /// Rules of a policy, of lists of mailboxes and of SMTP paths.
  static var listAndPath: [AddressRuleEntry] {
    [
      // Policy.
      AddressRuleEntry(
        .policyDotRequired, "policy.dot-required", .error,
        "The policy asks for a domain with a dot.",
        "policy"),
      AddressRuleEntry(
        .policyLiteralRefused, "policy.literal-refused", .error,
        "The policy refuses domain literals.",
        "policy"),
      AddressRuleEntry(
        .policyQuotedRefused, "policy.quoted-refused", .error,
        "The policy refuses quoted local parts.",
        "policy"),
      AddressRuleEntry(
        .policySpecialUseRefused, "policy.special-use-refused", .error,
        "The policy refuses special-use domains.",
        "policy"),
      // Lists.
      AddressRuleEntry(
        .listExpectedAt, "list.expected-at", .error,
        "A mailbox without \"@\", or a name without an address.",
        "RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .listExpectedComma, "list.expected-comma", .error,
        "{} stands where a comma or the end should.",
        "RFC 5322 §3.4"),
      AddressRuleEntry(
        .listExpectedWord, "list.expected-word", .error,
        "A name or local part is missing.",
        "RFC 5322 §3.4"),
      AddressRuleEntry(
        .listExpectedDomain, "list.expected-domain", .error,
        "A domain is missing.",
        "RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .listExpectedRangle, "list.expected-rangle", .error,
        "The angle bracket is not closed.",
        "RFC 5322 §3.4"),
      AddressRuleEntry(
        .listBadRoute, "list.bad-route", .error,
        "The source route is malformed.",
        "RFC 5322 §4.4"),
      AddressRuleEntry(
        .listGroupUnclosed, "list.group-unclosed", .error,
        "The group is not closed by \";\".",
        "RFC 5322 §3.4"),
      AddressRuleEntry(
        .listEmpty, "list.empty-list", .error,
        "The list has no address.",
        "RFC 5322 §3.4"),
      AddressRuleEntry(
        .listChar, "list.char", .error,
        "{} cannot stand outside quotes or comments.",
        "RFC 5322 §3.2.3"),
      AddressRuleEntry(
        .listCommentUnclosed, "list.comment-unclosed", .error,
        "The comment is not closed.",
        "RFC 5322 §3.2.2"),
      AddressRuleEntry(
        .listQuotedUnclosed, "list.quoted-unclosed", .error,
        "The quoted string is not closed.",
        "RFC 5322 §3.2.4"),
      AddressRuleEntry(
        .listQuotedChar, "list.quoted-char", .error,
        "{} cannot stand in a quoted string.",
        "RFC 5322 §3.2.4, §4.1"),
      AddressRuleEntry(
        .listCommentChar, "list.comment-char", .error,
        "{} cannot stand in a comment.",
        "RFC 5322 §3.2.2, §4.1"),
      AddressRuleEntry(
        .listLiteralUnclosed, "list.literal-unclosed", .error,
        "The \"[\" has no \"]\".",
        "RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .listLiteralChar, "list.literal-char", .error,
        "{} cannot stand in a domain literal.",
        "RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .listBareCr, "list.bare-cr-or-crlf", .error,
        "A CR or line end folds nothing.",
        "RFC 5322 §2.2"),
      AddressRuleEntry(
        .listBareLf, "list.bare-lf", .error,
        "An LF stands without its CR.",
        "RFC 5322 §2.2"),
      AddressRuleEntry(
        .listUtf8Malformed, "list.utf8-malformed", .error,
        "The octet {} does not belong to well-formed UTF-8.",
        "RFC 3629 §3"),
      AddressRuleEntry(
        .listNonAscii, "list.non-ascii", .utf8HeaderInfo,
        "{} is allowed in internationalized header fields only.",
        "RFC 6532 §3.2"),
      AddressRuleEntry(
        .listObsPhrase, "list.obs-phrase", .headerObsolete,
        "A dot stands unquoted in a display name.",
        "RFC 5322 §4.1"),
      AddressRuleEntry(
        .listObsRoute, "list.obs-route", .headerObsolete,
        "A source route stands in the angle brackets.",
        "RFC 5322 §4.4"),
      AddressRuleEntry(
        .listObsElement, "list.obs-element", .headerObsolete,
        "An element of the list is empty.",
        "RFC 5322 §4.4"),
      AddressRuleEntry(
        .listObsWords, "list.obs-words", .headerObsolete,
        "The local part or domain has an obsolete form.",
        "RFC 5322 §4.4"),
      AddressRuleEntry(
        .listObsText, "list.obs-text", .headerObsolete,
        "A control character stands in quotes, a comment or a literal.",
        "RFC 5322 §4.1"),
      AddressRuleEntry(
        .listObsFws, "list.obs-fws", .headerObsolete,
        "White space is folded more than once.",
        "RFC 5322 §4.2"),
      AddressRuleEntry(
        .listForgaveSeparator, "list.forgave-separator", .caution,
        "A semicolon or white space was taken as the separator.",
        "RFC 5322 §3.4"),
      AddressRuleEntry(
        .listForgaveName, "list.forgave-name", .caution,
        "A name that needs quotes was taken as it stands.",
        "RFC 5322 §3.4"),
      AddressRuleEntry(
        .listForgaveUnclosed, "list.forgave-unclosed", .caution,
        "Something not closed was taken as closed.",
        "RFC 5322 §3.2"),
      AddressRuleEntry(
        .listForgaveText, "list.forgave-text", .caution,
        "Text that belongs to no address was passed over.",
        "RFC 5322 §3.4"),
      AddressRuleEntry(
        .listForgaveBrackets, "list.forgave-brackets", .caution,
        "Doubled or stray angle brackets were passed over.",
        "RFC 5322 §3.4"),
      AddressRuleEntry(
        .listForgaveLineEnd, "list.forgave-line-end", .caution,
        "A line end without its partner was taken as white space.",
        "RFC 5322 §2.2"),
      AddressRuleEntry(
        .listForgaveScheme, "list.forgave-scheme", .caution,
        "A \"mailto:\" in front of the address was passed over.",
        "RFC 6068 §2"),
      AddressRuleEntry(
        .listReadingsDiffer, "list.readings-differ", .caution,
        "A reader that stops at the first mistake finds this address; it is not among those that were found here.",
        "RFC 5322 §3.4"),
      // Paths.
      AddressRuleEntry(
        .pathVerb, "path.verb", .error,
        "The command is not MAIL FROM: or RCPT TO:.",
        "RFC 5321 §4.1.1.2, §4.1.1.3"),
      AddressRuleEntry(
        .pathSpaceAfterColon, "path.space-after-colon", .caution,
        "White space stands after the colon; some servers refuse it.",
        "RFC 5321 §3.3, §4.1.1"),
      AddressRuleEntry(
        .pathBracketMissing, "path.bracket-missing", .error,
        "The path is not in angle brackets.",
        "RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .pathUnclosed, "path.unclosed", .error,
        "The \"<\" has no \">\".",
        "RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .pathSourceRoute, "path.source-route", .obsolete,
        "A source route is obsolete: servers accept it and ignore it.",
        "RFC 5321 §3.6.1, §4.1.2, appendix C"),
      AddressRuleEntry(
        .pathRouteMalformed, "path.route-malformed", .error,
        "The source route is malformed.",
        "RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .pathNullRecipient, "path.null-recipient", .error,
        "The null path names no recipient.",
        "RFC 5321 §4.1.1.3"),
      AddressRuleEntry(
        .pathNull, "path.null", .info,
        "The null reverse-path: replies to this message go to nobody.",
        "RFC 5321 §4.5.5"),
      AddressRuleEntry(
        .pathPostmaster, "path.postmaster", .info,
        "Postmaster without a domain: the postmaster of this very server.",
        "RFC 5321 §4.1.1.3, §4.5.1"),
      AddressRuleEntry(
        .pathTooLong, "path.too-long", .limit,
        "The path is longer than 256 octets.",
        "RFC 5321 §4.5.3.1.3"),
      AddressRuleEntry(
        .pathTextAfter, "path.text-after", .error,
        "{} stands directly after the path; a space belongs there.",
        "RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .pathParameterKeyword, "path.parameter-keyword", .error,
        "A parameter starts with a letter or digit and has letters, digits and hyphens.",
        "RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .pathParameterValue, "path.parameter-value", .error,
        "{} cannot stand in the value of a parameter.",
        "RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .pathParameterEmpty, "path.parameter-empty", .error,
        "Nothing stands after the \"=\".",
        "RFC 5321 §4.1.2"),
      AddressRuleEntry(
        .pathParameterRepeated, "path.parameter-repeated", .caution,
        "The parameter stands twice.",
        "RFC 5321 §4.1.1.11"),
      AddressRuleEntry(
        .pathParameterSpaces, "path.parameter-spaces", .caution,
        "More than one space, or trailing white space, stands between parameters.",
        "RFC 5321 §4.1.1"),
    ]
  }
}
