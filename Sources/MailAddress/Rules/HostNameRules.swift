extension AddressRuleCatalogue {
  /// Rules about labels, limits, domain literals and Unicode.
  static var hostName: [AddressRuleEntry] {
    [
      // Internationalized labels.
      AddressRuleEntry(
        .idnaDisallowed, "address.idna-disallowed", .idnaError,
        "{} is not allowed in a domain label.",
        "RFC 5892 §2; RFC 5891 §4.2.2"),
      AddressRuleEntry(
        .idnaUppercase, "address.idna-uppercase", .idnaError,
        "{} is an upper-case letter; a U-label is in lower case.",
        "RFC 5892 §2.2; RFC 5895 §2"),
      AddressRuleEntry(
        .idnaContext, "address.idna-context", .idnaError,
        "{} may stand only in another context.",
        "RFC 5892 appendix A; RFC 5891 §4.2.3.3"),
      AddressRuleEntry(
        .idnaBidi, "address.idna-bidi", .idnaError,
        "The label breaks the Bidi rule for right-to-left scripts.",
        "RFC 5893 §2; RFC 5891 §4.2.3.4"),
      AddressRuleEntry(
        .idnaNotNfc, "address.idna-not-nfc", .idnaError,
        "The label is not in Unicode normalization form C.",
        "RFC 5891 §4.2.1, §5.3"),
      AddressRuleEntry(
        .idnaCombiningStart, "address.idna-combining-start", .idnaError,
        "The label starts with the combining mark {}.",
        "RFC 5891 §4.2.3.2"),
      AddressRuleEntry(
        .idnaHyphen, "address.idna-hyphen", .idnaError,
        "The label has \"--\" as its third and fourth character.",
        "RFC 5891 §4.2.3.1"),
      AddressRuleEntry(
        .idnaLabelTooLong, "address.idna-label-too-long", .idnaLimit,
        "The A-label form of the label is longer than 63 octets.",
        "RFC 5890 §2.3.2.1; RFC 1035 §2.3.4"),
      AddressRuleEntry(
        .idnaFakeALabel, "address.idna-fake-a-label", .caution,
        "The label starts with \"xn--\" but is no A-label.",
        "RFC 5890 §2.3.1, §2.3.2.1"),
      AddressRuleEntry(
        .ldhReserved, "address.ldh-reserved", .caution,
        "A label with \"--\" as its third and fourth character is reserved.",
        "RFC 5890 §2.3.1"),
      // Limits.
      AddressRuleEntry(
        .localTooLong, "address.local-too-long", .limit,
        "The local part is longer than 64 octets; quotation marks and backslashes count.",
        "RFC 5321 §4.5.3.1.1"),
      AddressRuleEntry(
        .labelTooLong, "address.label-too-long", .limit,
        "The label is longer than 63 octets.",
        "RFC 1035 §2.3.4"),
      AddressRuleEntry(
        .domainTooLong, "address.domain-too-long", .limit,
        "The domain is longer than 253 octets, 255 in DNS.",
        "RFC 1035 §2.3.4; RFC 5321 §4.5.3.1.2"),
      AddressRuleEntry(
        .addressTooLong, "address.address-too-long", .limit,
        "The address is longer than 254 octets, 256 with its angle brackets.",
        "RFC 5321 §4.5.3.1.3; RFC 3696 erratum 1690"),
      // Shape of the domain.
      AddressRuleEntry(
        .domainSingleLabel, "address.domain-single-label", .caution,
        "The domain has one label only: allowed, but of no use on the public network.",
        "RFC 5321 §4.1.2, §2.3.5; RFC 7085"),
      AddressRuleEntry(
        .tldNumeric, "address.tld-numeric", .caution,
        "The last label is all digits; there is no such top-level domain.",
        "RFC 1123 §2.1; RFC 3696 §2"),
      AddressRuleEntry(
        .domainBareIpv4, "address.domain-bare-ipv4", .caution,
        "The domain looks like an IPv4 address without its square brackets.",
        "RFC 5321 §4.1.3; RFC 1123 §2.1"),
      AddressRuleEntry(
        .tldNotAlphabetic, "address.tld-not-alphabetic", .info,
        "The last label has digits or hyphens and is no A-label.",
        "RFC 3696 §2; RFC 1123 §2.1"),
      AddressRuleEntry(
        .tldOneLetter, "address.tld-one-letter", .info,
        "The last label is one letter; there is no such top-level domain.",
        "RFC 3696 §2"),
      AddressRuleEntry(
        .domainSpecialUse, "address.domain-special-use", .info,
        "The domain is reserved for special use.",
        "RFC 6761; RFC 2606"),
      // Domain literals.
      AddressRuleEntry(
        .literalUnclosed, "address.literal-unclosed", .error,
        "The \"[\" has no \"]\".",
        "RFC 5321 §4.1.3; RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .literalTrailing, "address.literal-trailing", .error,
        "{} stands after the closing \"]\".",
        "RFC 5321 §4.1.2; RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .literalChar, "address.literal-char", .error,
        "{} cannot stand in a domain literal.",
        "RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .literalBareCrlf, "address.literal-bare-crlf", .error,
        "A line end in a domain literal folds nothing.",
        "RFC 5322 §3.2.2"),
      AddressRuleEntry(
        .literalMisplaced, "address.literal-misplaced", .error,
        "A domain literal cannot follow or join a domain name.",
        "RFC 5321 §4.1.2; RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .literalNonAscii, "address.literal-non-ascii", .utf8HeaderInfo,
        "{} in a domain literal is allowed in internationalized header fields only.",
        "RFC 6532 §3.2; RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .literalObs, "address.literal-obs", .headerObsolete,
        "A quoted pair or control character in a domain literal is obsolete.",
        "RFC 5322 §4.4; RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .literalSpace, "address.literal-space", .headerCaution,
        "White space stands in a domain literal: in headers only.",
        "RFC 5322 §3.4.1; RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .literalEmpty, "address.literal-empty", .headerCaution,
        "The square brackets are empty.",
        "RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .literalIpv4Count, "address.literal-ipv4-count", .headerCaution,
        "An IPv4 literal has exactly four numbers of one to three digits.",
        "RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .literalIpv4Range, "address.literal-ipv4-range", .headerCaution,
        "A number of an IPv4 literal is above 255.",
        "RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .literalIpv4LeadingZero, "address.literal-ipv4-leading-zero", .caution,
        "Leading zeros in an IPv4 literal can be read as octal.",
        "RFC 5321 §4.1.3; RFC 6943 §3.1.1"),
      AddressRuleEntry(
        .literalIpv6Untagged, "address.literal-ipv6-untagged", .headerCaution,
        "An IPv6 literal starts with \"IPv6:\".",
        "RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .literalIpv6Char, "address.literal-ipv6-char", .headerCaution,
        "{} cannot stand in an IPv6 address.",
        "RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .literalIpv6Colon, "address.literal-ipv6-colon", .headerCaution,
        "The IPv6 address starts or ends with a single colon.",
        "RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .literalIpv6MultiCompress, "address.literal-ipv6-multi-compress", .headerCaution,
        "\"::\" stands more than once.",
        "RFC 5321 §4.1.3; RFC 4291 §2.2"),
      AddressRuleEntry(
        .literalIpv6GroupLong, "address.literal-ipv6-group-long", .headerCaution,
        "A group of the IPv6 address has more than four digits.",
        "RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .literalIpv6GroupCount, "address.literal-ipv6-group-count", .headerCaution,
        "The IPv6 address has the wrong number of groups.",
        "RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .literalIpv6CompressOne, "address.literal-ipv6-compress-one", .headerCaution,
        "\"::\" stands for one group only, which RFC 4291 allows and RFC 5321 does not.",
        "RFC 5321 §4.1.3; RFC 5952 §4.2.2"),
      AddressRuleEntry(
        .literalIpv6V4Tail, "address.literal-ipv6-v4-tail", .headerCaution,
        "The IPv4 part of the IPv6 address is malformed or misplaced.",
        "RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .literalIpv6Zone, "address.literal-ipv6-zone", .headerCaution,
        "A zone identifier cannot stand in a mail address.",
        "RFC 5321 §4.1.3; RFC 4007 §11"),
      AddressRuleEntry(
        .literalTagUnregistered, "address.literal-tag-unregistered", .headerCaution,
        "The tag of the address literal is not registered; \"IPv6\" is the only one.",
        "RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .literalNotAddress, "address.literal-not-address", .headerCaution,
        "The domain literal is no IP address.",
        "RFC 5321 §4.1.3; RFC 5322 §3.4.1"),
      AddressRuleEntry(
        .literalAddress, "address.literal-address", .caution,
        "The domain is an IP address: allowed, but rarely accepted.",
        "RFC 5321 §4.1.3"),
      AddressRuleEntry(
        .ipv6NotCanonical, "address.ipv6-not-canonical", .info,
        "The IPv6 address is not in its canonical form.",
        "RFC 5952 §4"),
      // Unicode.
      AddressRuleEntry(
        .notNfc, "address.not-nfc", .unicodeCaution,
        "The text is not in Unicode normalization form C.",
        "RFC 6532 §3.1; RFC 5198 §3"),
      AddressRuleEntry(
        .unicodeUnsafe, "address.unicode-unsafe", .unicodeCaution,
        "{} is invisible, a control, private-use or unassigned character; it often comes with copied text.",
        "RFC 5198 §2; UTS #39"),
    ]
  }
}
