extension AddressParser {
  /// Reads a quoted string from its opening quotation mark to its closing one. Also learns whether its content
  /// would be a dot-atom without the quotation marks.
  mutating func parseQuotedString(_ octets: Span<UInt8>) -> Bool {
    let start = at
    var content = DotAtomFacts()
    var hasNonASCII = false
    var folds = 0
    at += 1
    while at < octets.count {
      let octet = octets[at]
      if !Octet.isBlank(octet) && octet != Octet.carriageReturn { folds = 0 }
      switch octet {
      case Octet.quote:
        at += 1
        local.quotedIsEmpty = at == start + 2
        local.quotedIsNeeded = !content.isDotAtom
        if local.quotedIsEmpty { note(.quotedEmpty, start, at) }
        return true
      case Octet.backslash:
        guard at + 1 < octets.count else { return fail(.quotedUnclosed, start, start + 1) }
        at += 1
        parseQuotedPair(octets, &content)
        continue
      case Octet.carriageReturn, Octet.lineFeed:
        guard parseFoldInQuotes(octets, &folds) else { return false }
        content.add(Octet.space)
        continue
      case 0: return fail(.quotedNul, at, at + 1)
      case Octet.tab: note(.quotedTab, at, at + 1)
      case 0x80...:
        if !hasNonASCII { noteCharacter(.quotedNonAscii, octets, at) }
        hasNonASCII = true
      case _ where Octet.isControl(octet): note(.quotedControl, at, at + 1, UInt32(octet))
      default: break
      }
      content.add(octet)
      at += 1
    }
    return fail(.quotedUnclosed, start, start + 1)
  }

  /// Reads the character behind a backslash.
  private mutating func parseQuotedPair(_ octets: Span<UInt8>, _ content: inout DotAtomFacts) {
    let octet = octets[at]
    switch octet {
    case Octet.quote, Octet.backslash: break
    case Octet.tab: note(.quotedPairTab, at, at + 1)
    case 0x80...: noteCharacter(.quotedPairNonAscii, octets, at)
    case _ where Octet.isControl(octet): note(.quotedPairControl, at, at + 1, UInt32(octet))
    default: note(.quotedPairUnneeded, at - 1, at + 1, UInt32(octet))
    }
    let length = octet < 0x80 ? 1 : UTF8Scalar.decode(octets, at: at).length
    content.add(octet)
    at += length
  }

  private mutating func parseFoldInQuotes(_ octets: Span<UInt8>, _ folds: inout Int) -> Bool {
    switch lineEndFault(octets) {
    case .bareLf?: return fail(.quotedBareLf, at, at + 1)
    case .bareCr?: return fail(.quotedBareCr, at, at + 1)
    case .some: return fail(.quotedCrlf, at, at + 2)
    case nil: break
    }
    note(folds == 0 ? .quotedFold : .fwsObs, at, at + 3)
    folds += 1
    at += 2
    while at < octets.count, Octet.isBlank(octets[at]) { at += 1 }
    return true
  }
}

/// Whether a sequence of octets is a dot-atom.
struct DotAtomFacts {
  private var last: UInt8 = Octet.dot
  private var isPossible = true

  var isDotAtom: Bool { isPossible && last != Octet.dot }

  mutating func add(_ octet: UInt8) {
    if octet == Octet.dot {
      isPossible = isPossible && last != Octet.dot
    } else if octet < 0x80 && !OctetClass.isAtext(octet) {
      isPossible = false
    }
    last = octet
  }
}
