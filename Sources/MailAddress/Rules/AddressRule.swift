/// A rule of ours about addresses, lists or paths. Its raw value is its place in the catalogue; what is public and
/// kept for ever is its `id`.
public enum AddressRule: UInt8, CaseIterable, Sendable {
  // Structure.
  case empty, noAt, multipleAt, localEmpty, domainEmpty, nameAddrForm, addressList, utf8Malformed
  // Local part: dots.
  case localDotLeading, localDotTrailing, localDotConsecutive
  // Local part: characters.
  case localChar, localSpace, localControl, localBackslash, localQuoteInAtom, localTextAfterQuoted,
    localTextAfterComment, localNonAscii, localObsWords
  // Quoted strings.
  case quotedUnclosed, quotedNul, quotedBareCr, quotedBareLf, quotedCrlf, quotedControl, quotedTab,
    quotedFold, quotedPairControl, quotedPairTab, quotedPairNonAscii, quotedNonAscii, quotedEmpty,
    quotedString, quotedUnneeded, quotedPairUnneeded
  // Comments and white space.
  case comment, commentUnclosed, commentUnopened, commentChar, commentControl, commentQpControl,
    commentNonAscii, whitespace, fold, fwsObs, cfwsNearAt, cfwsNearDot, bareCr, bareLf, crlfNoWsp
  // Domain: dots and characters.
  case domainDotLeading, domainDotTrailing, domainDotConsecutive, domainChar, domainSpace, domainControl,
    domainTextAfterComment, domainQuoted, domainUnderscore, domainNotLdh, domainHyphenStart, domainHyphenEnd,
    domainNonAscii
  // Internationalized labels.
  case idnaDisallowed, idnaUppercase, idnaContext, idnaBidi, idnaNotNfc, idnaCombiningStart, idnaHyphen,
    idnaLabelTooLong, idnaFakeALabel, ldhReserved
  // Limits.
  case localTooLong, labelTooLong, domainTooLong, addressTooLong
  // Shape of the domain.
  case domainSingleLabel, tldNumeric, domainBareIpv4, tldNotAlphabetic, tldOneLetter, domainSpecialUse
  // Domain literals.
  case literalUnclosed, literalTrailing, literalChar, literalBareCrlf, literalMisplaced, literalNonAscii,
    literalObs, literalSpace, literalEmpty, literalIpv4Count, literalIpv4Range, literalIpv4LeadingZero,
    literalIpv6Untagged, literalIpv6Char, literalIpv6Colon, literalIpv6MultiCompress, literalIpv6GroupLong,
    literalIpv6GroupCount, literalIpv6CompressOne, literalIpv6V4Tail, literalIpv6Zone, literalTagUnregistered,
    literalNotAddress, literalAddress, ipv6NotCanonical
  // Unicode.
  case notNfc, unicodeUnsafe
  // Policy.
  case policyDotRequired, policyLiteralRefused, policyQuotedRefused, policySpecialUseRefused
  // Lists.
  case listExpectedAt, listExpectedComma, listExpectedWord, listExpectedDomain, listExpectedRangle,
    listBadRoute, listGroupUnclosed, listEmpty, listChar, listCommentUnclosed, listQuotedUnclosed,
    listQuotedChar, listCommentChar, listLiteralUnclosed, listLiteralChar, listBareCr, listBareLf,
    listUtf8Malformed, listNonAscii, listObsPhrase, listObsRoute, listObsElement, listObsWords, listObsText,
    listObsFws, listForgaveSeparator, listForgaveName, listForgaveUnclosed, listForgaveText,
    listForgaveBrackets, listForgaveLineEnd, listForgaveScheme, listReadingsDiffer
  // Paths.
  case pathVerb, pathSpaceAfterColon, pathBracketMissing, pathUnclosed, pathSourceRoute, pathRouteMalformed,
    pathNullRecipient, pathNull, pathPostmaster, pathTooLong, pathTextAfter, pathParameterKeyword,
    pathParameterValue, pathParameterEmpty, pathParameterRepeated, pathParameterSpaces
}
