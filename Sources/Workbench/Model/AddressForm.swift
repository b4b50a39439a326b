package import MailAddress

/// The address screen: the address being typed, and those that were judged before.
package struct AddressForm: Sendable {
  /// The address as it is typed.
  package var line = LineEditor()
  /// Addresses that were used or cleared, newest first.
  package private(set) var history: [[UInt8]] = []
  /// What Tab has put into the line so far.
  private var taken: [[UInt8]] = []
  /// The address as it was before Tab changed it.
  private var origin: [UInt8]?
  private let idna: any IDNAConverter

  /// Makes an empty form; `idna` finds what was meant by domain labels with a fault.
  package init(idna: any IDNAConverter = IDNA2008()) { self.idna = idna }

  /// What is to be said of the address.
  package var judgement: AddressJudgement { AddressJudgement(line.octets, idna: idna) }

  /// Takes a key that edits; false when it means nothing here.
  package mutating func apply(_ stroke: KeyStroke) -> Bool {
    (origin, taken) = (nil, [])
    return line.apply(stroke)
  }

  /// Puts another address into the line.
  package mutating func show(_ address: [UInt8]) {
    keep()
    line.replace(with: address)
    (origin, taken) = (nil, [])
  }

  /// Takes a repair of what stands in the line, then one of the next mistake; behind the last, what was typed comes
  /// back. False when there is none.
  package mutating func takeRepair() -> Bool {
    let repairs = judgement.repairs.filter { !taken.contains($0) }
    if let typed = origin, repairs.isEmpty {
      line.replace(with: typed)
      origin = nil
      taken = []
      return true
    }
    guard let repair = repairs.first else { return false }
    if origin == nil { (origin, taken) = (line.octets, [line.octets]) }
    taken.append(repair)
    line.replace(with: repair)
    return true
  }

  /// Remembers the address, each only once and at most fifty.
  package mutating func keep() {
    let octets = line.octets
    guard !octets.isEmpty else { return }
    history.removeAll { $0 == octets }
    history.insert(octets, at: 0)
    if history.count > 50 { history.removeLast() }
  }

  /// Goes to an older address or back to a newer one.
  package mutating func walk(isOlder: Bool) {
    let place: Int
    if let shown = history.firstIndex(of: line.octets) {
      place = shown + (isOlder ? 1 : -1)
    } else {
      guard isOlder, !history.isEmpty else { return }
      keep()
      // What was typed is the newest now; behind an empty line comes the newest.
      place = line.isEmpty ? 0 : 1
    }
    line.replace(with: history[min(max(0, place), history.count - 1)])
    (origin, taken) = (nil, [])
  }
}

/// An address judged in each profile, with its parts, its forms and its repairs.
package struct AddressJudgement: Sendable {
  /// The address as typed.
  package let octets: [UInt8]
  /// What was found in it.
  package let report: AddressReport
  /// The forms of an address that is whole; nil for any other.
  package let canonical: CanonicalAddress?
  /// Addresses that may have been meant, certain repairs first; none of them twice.
  package let repairs: [[UInt8]]

  /// Judges an address, and looks for repairs.
  package init(_ octets: [UInt8], idna: any IDNAConverter = IDNA2008()) {
    self.octets = octets
    var checker = AddressChecker()
    checker.check(octets)
    let report = checker.report
    self.report = report
    canonical = report.parts.isComplete ? CanonicalAddress(octets) : nil
    let profile: AddressProfile = report.parts.hasNonASCII ? .eai : .smtp
    var repairs: [[UInt8]] = []
    let certain = report.sorted(profile).compactMap {
      AddressRepair.suggestion(for: $0, in: octets, report, idna: idna)
    }
    for repair in certain + DomainSuggester().suggestions(for: octets, report) where !repairs.contains(repair) {
      repairs.append(repair)
    }
    self.repairs = repairs
  }

  /// The profile whose findings are shown: the internationalized one for text that is not ASCII.
  package var profile: AddressProfile { report.parts.hasNonASCII ? .eai : .smtp }

  /// What goes into RCPT: the form for the wire of an address that is valid, else the text as it is.
  package var wire: [UInt8] {
    guard let canonical, report.isValid(.eai) || report.isValid(.header) else { return octets }
    return canonical.wire
  }

  /// The number of the character that an octet belongs to, from 1.
  package func column(of offset: Int) -> Int {
    var (index, column) = (0, 1)
    while index < min(offset, octets.count) {
      index += UTF8Scalar.decode(octets, at: index)?.1 ?? 1
      column += 1
    }
    return column
  }
}
