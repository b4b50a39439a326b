import COpenSSL

/// An IP address as the 4 or 16 bytes that a certificate holds.
struct IPAddressBytes: Equatable {
  /// Network byte order.
  let bytes: [UInt8]

  /// The address in a literal such as `192.0.2.1` or `2001:db8::1`; nil when it is none.
  init?(_ literal: String) {
    guard !literal.utf8.contains(0), let octets = a2i_IPADDRESS(literal) else { return nil }
    defer { ASN1_OCTET_STRING_free(octets) }
    bytes = asn1Bytes(octets)
  }

  /// The address in these bytes, whatever their number.
  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Dotted quad, RFC 5952 form for IPv6, or hexadecimal when the length is neither 4 nor 16.
  var text: String {
    switch bytes.count {
    case 4: bytes.map { String($0) }.joined(separator: ".")
    case 16: Self.compressed(groups)
    default: hexadecimal(bytes)
    }
  }

  private var groups: [UInt16] {
    stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
  }

  /// RFC 5952 §4.2: the longest run of at least two zero groups, the first of equals, becomes `::`.
  private static func compressed(_ groups: [UInt16]) -> String {
    let run = longestZeroRun(groups)
    let text = groups.map { String($0, radix: 16) }
    guard run.count > 1 else { return text.joined(separator: ":") }
    return text[..<run.lowerBound].joined(separator: ":") + "::" + text[run.upperBound...].joined(separator: ":")
  }

  private static func longestZeroRun(_ groups: [UInt16]) -> Range<Int> {
    var best = 0..<0
    var start = 0
    for index in 0...groups.count where index == groups.count || groups[index] != 0 {
      if index - start > best.count { best = start..<index }
      start = index + 1
    }
    return best
  }
}

/// Bytes as lower-case hexadecimal, two digits each.
func hexadecimal(_ bytes: some Sequence<UInt8>, separator: String = "") -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: separator)
}

/// The content of an ASN.1 string, with any NUL in it.
func asn1Bytes(_ string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
  guard let string, let data = ASN1_STRING_get0_data(string) else { return [] }
  return Array(UnsafeBufferPointer(start: data, count: Int(ASN1_STRING_length(string))))
}
