/// Octets as text that is safe on a terminal and in a file, and back again without loss.
///
/// Printable Unicode stays itself. Everything that is unseen or acts on a terminal is escaped: control characters,
/// format and bidi characters, private and unassigned ones, line separators, the third and further combining marks in a
/// row, and octets that are not UTF-8. `\n \r \t \0` and `\\` have their usual meaning, any other octet is `\xHH`.
package enum OctetText {
  /// The escaped form; with `dollar`, a dollar sign is `\$`, so that what looks like a variable is none.
  package static func escape(_ octets: some Collection<UInt8>, dollar: Bool = false) -> [UInt8] {
    var text: [UInt8] = []
    escape(octets, dollar: dollar, into: &text)
    return text
  }

  /// Appends the escaped form to a buffer.
  package static func escape(_ octets: some Collection<UInt8>, dollar: Bool, into text: inout [UInt8]) {
    let plain: Void? = octets.withContiguousStorageIfAvailable { buffer in
      escapeContiguous(buffer, dollar, &text)
    }
    if plain == nil { Array(octets).withUnsafeBufferPointer { escapeContiguous($0, dollar, &text) } }
  }

  /// The escaped form as a string.
  package static func readable(_ octets: some Collection<UInt8>) -> String {
    String(decoding: escape(octets), as: UTF8.self)
  }

  /// The octets of an escaped text; the failure is the offset of an escape that does not exist.
  package static func unescape(_ text: some Collection<UInt8>) throws(BadEscape) -> [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(text.count)
    var rest = text[...]
    while let octet = rest.popFirst() {
      guard octet == UInt8(ascii: "\\") else {
        octets.append(octet)
        continue
      }
      let offset = text.count - rest.count - 1
      guard let value = escapedOctet(&rest) else { throw BadEscape(offset: offset) }
      octets.append(value)
    }
    return octets
  }

  /// A backslash that begins no escape, at an offset from 0.
  package struct BadEscape: Error, Hashable, Sendable {
    /// Octets before the backslash.
    package let offset: Int
  }

  private static func escapedOctet<C: Collection<UInt8>>(_ rest: inout C) -> UInt8? where C.SubSequence == C {
    switch rest.popFirst() {
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "0"): return 0
    case UInt8(ascii: "\\"): return UInt8(ascii: "\\")
    case UInt8(ascii: "$"): return UInt8(ascii: "$")
    case UInt8(ascii: "x"):
      guard let high = rest.popFirst()?.hexadecimalValue, let low = rest.popFirst()?.hexadecimalValue else {
        return nil
      }
      return high << 4 | low
    default: return nil
    }
  }

  private static func escapeContiguous(_ octets: UnsafeBufferPointer<UInt8>, _ dollar: Bool, _ text: inout [UInt8]) {
    var index = 0
    var marks = 0
    while index < octets.count {
      let run = plainRun(octets, from: index, dollar)
      if run > index {
        text.append(contentsOf: octets[index..<run])
        (index, marks) = (run, 0)
        continue
      }
      if octets[index] < 0x80 {
        escape(octets[index], &text)
        (index, marks) = (index + 1, 0)
      } else {
        index += escapeScalar(octets, at: index, &marks, &text)
      }
    }
  }

  private static func plainRun(_ octets: UnsafeBufferPointer<UInt8>, from start: Int, _ dollar: Bool) -> Int {
    var index = start
    while index < octets.count {
      let octet = octets[index]
      if octet < 0x20 || octet > 0x7E || octet == UInt8(ascii: "\\") || (dollar && octet == UInt8(ascii: "$")) { break }
      index += 1
    }
    return index
  }

  private static func escape(_ octet: UInt8, _ text: inout [UInt8]) {
    text.append(UInt8(ascii: "\\"))
    switch octet {
    case 0x0A: text.append(UInt8(ascii: "n"))
    case 0x0D: text.append(UInt8(ascii: "r"))
    case 0x09: text.append(UInt8(ascii: "t"))
    case 0x00: text.append(UInt8(ascii: "0"))
    case UInt8(ascii: "\\"), UInt8(ascii: "$"): text.append(octet)
    default:
      text.append(UInt8(ascii: "x"))
      text.append(contentsOf: octet.hexadecimal)
    }
  }

  /// Writes one scalar that is not ASCII, or escapes one octet, and returns the number of octets used.
  private static func escapeScalar(
    _ octets: UnsafeBufferPointer<UInt8>, at index: Int, _ marks: inout Int, _ text: inout [UInt8]
  ) -> Int {
    guard let (scalar, length) = scalar(octets, at: index) else {
      escape(octets[index], &text)
      marks = 0
      return 1
    }
    let category = scalar.properties.generalCategory
    let isMark = category == .nonspacingMark || category == .enclosingMark
    marks = isMark ? marks + 1 : 0
    let part = octets[index..<index + length]
    if isUnseen(category) || marks > 2 {
      for octet in part { escape(octet, &text) }
    } else {
      text.append(contentsOf: part)
    }
    return length
  }

  private static func isUnseen(_ category: Unicode.GeneralCategory) -> Bool {
    switch category {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static func scalar(_ octets: UnsafeBufferPointer<UInt8>, at index: Int) -> (Unicode.Scalar, Int)? {
    let length: Int
    switch octets[index] {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return nil
    }
    guard index + length <= octets.count else { return nil }
    var value = UInt32(octets[index]) & (0x7F >> UInt32(length))
    for octet in octets[index + 1..<index + length] {
      guard octet & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(octet & 0x3F)
    }
    let shortest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    guard value >= shortest, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }
}
