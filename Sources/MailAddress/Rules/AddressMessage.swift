/// The sentence that a finding is told in.
public enum AddressMessage {
  /// The sentence of a finding as text, the character found by name and code point.
  public static func text(_ finding: AddressFinding) -> String {
    var text: [UInt8] = []
    append(finding, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the sentence to octets that are UTF-8.
  static func append(_ finding: AddressFinding, to text: inout [UInt8]) {
    let title = finding.rule.entry.title
    title.withUTF8Buffer { octets in
      guard let place = placeholder(octets) else { return text.append(contentsOf: octets) }
      text.append(contentsOf: octets[..<place])
      appendSubject(finding, to: &text)
      text.append(contentsOf: octets[(place + 2)...])
    }
  }

  /// Appends the character or octet that a finding is about.
  static func appendSubject(_ finding: AddressFinding, to text: inout [UInt8]) {
    let isOctet = finding.rule == .utf8Malformed || finding.rule == .listUtf8Malformed
    guard isOctet else { return CharacterName.append(finding.scalar, to: &text) }
    text.append(literal: "0x")
    text.append(hexadecimal: finding.scalar, digits: 2)
  }

  private static func placeholder(_ octets: UnsafeBufferPointer<UInt8>) -> Int? {
    guard octets.count >= 2 else { return nil }
    for index in 0..<octets.count - 1 where octets[index] == 0x7B && octets[index + 1] == 0x7D { return index }
    return nil
  }
}
