/// Base64 with the alphabet of RFC 4648 §4, as SASL uses it (RFC 4954 §4).
package enum Base64 {
  /// Why a text is no base64, and where.
  package enum Failure: Error, Hashable, Sendable {
    /// An octet outside the alphabet, at an offset from 0.
    case badOctet(UInt8, at: Int)
    /// The number of characters is not a multiple of four.
    case badLength(Int)
    /// `=` stands where data should, or bits beyond the data are set, at an offset from 0.
    case badPadding(at: Int)
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 0xFF, count: 256)
    for (value, octet) in alphabet.enumerated() { table[Int(octet)] = UInt8(value) }
    return table
  }()

  /// The base64 of any octets, padded, without line breaks.
  package static func encode(_ octets: some Collection<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity((octets.count + 2) / 3 * 4)
    var bits = 0
    var count = 0
    for octet in octets {
      bits = bits << 8 | Int(octet)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(alphabet[bits >> count & 63])
      }
      bits &= (1 << count) - 1
    }
    if count > 0 { text.append(alphabet[bits << (6 - count) & 63]) }
    while text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
    return text
  }

  /// The octets of a base64 text, which must be padded and hold nothing else.
  package static func decode(_ text: some Collection<UInt8>) throws(Failure) -> [UInt8] {
    var octets: [UInt8] = []
    octets.reserveCapacity(text.count / 4 * 3)
    let padding = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
    let dataCount = text.count - padding
    var bits = 0
    var count = 0
    for (offset, octet) in text.prefix(dataCount).enumerated() {
      let value = values[Int(octet)]
      guard value != 0xFF else {
        throw octet == UInt8(ascii: "=") ? .badPadding(at: offset) : .badOctet(octet, at: offset)
      }
      bits = bits << 6 | Int(value)
      count += 6
      if count >= 8 {
        count -= 8
        octets.append(UInt8(bits >> count))
        bits &= (1 << count) - 1
      }
    }
    guard text.count % 4 == 0 else { throw .badLength(text.count) }
    guard bits == 0 else { throw .badPadding(at: max(0, dataCount - 1)) }
    return octets
  }
}
