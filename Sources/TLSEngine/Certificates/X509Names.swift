import COpenSSL

/// Distinguished names as text.
enum X509NameText {
  /// The whole name on one line; control characters in it come out as `\0A`.
  static func line(_ name: OpaquePointer?) -> String {
    guard let name, let bio = copenssl_bio_new_memory() else { return "" }
    defer { BIO_free(bio) }
    guard X509_NAME_print_ex(bio, name, 0, copenssl_name_flags_one_line_utf8()) >= 0 else { return "" }
    return String(decoding: bioContent(bio), as: UTF8.self)
  }

  /// The last common name in `name`, decoded as UTF-8 with replacement characters.
  static func commonName(_ name: OpaquePointer?) -> String? {
    var found: Int32 = -1
    while case let next = X509_NAME_get_index_by_NID(name, NID_commonName, found), next >= 0 { found = next }
    guard found >= 0, let data = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, found)) else { return nil }
    var buffer: UnsafeMutablePointer<UInt8>?
    let length = ASN1_STRING_to_UTF8(&buffer, data)
    defer { if length >= 0 { copenssl_free(buffer) } }
    guard length >= 0 else { return String(decoding: asn1Bytes(data), as: UTF8.self) }
    return String(decoding: UnsafeBufferPointer(start: buffer, count: Int(length)), as: UTF8.self)
  }
}

/// What is in a memory BIO; it stays there.
func bioContent(_ bio: OpaquePointer) -> [UInt8] {
  var data: UnsafeMutablePointer<CChar>?
  let length = copenssl_bio_memory(bio, &data)
  guard let data, length > 0 else { return [] }
  return data.withMemoryRebound(to: UInt8.self, capacity: length) {
    Array(UnsafeBufferPointer(start: $0, count: length))
  }
}

/// The names in a certificate's subjectAltName extension.
struct X509AlternativeNames {
  private(set) var dnsNames: [String] = []
  private(set) var ipAddresses: [String] = []

  /// Reads them; a certificate without the extension, or with a broken one, has none.
  init(_ certificate: OpaquePointer) {
    guard let names = copenssl_x509_alternative_names(certificate) else { return }
    defer { GENERAL_NAMES_free(names) }
    for index in 0..<max(0, copenssl_names_count(names)) {
      if let name = copenssl_names_at(names, index) { note(name) }
    }
  }

  private mutating func note(_ name: UnsafeMutablePointer<GENERAL_NAME>) {
    var type: Int32 = 0
    guard let value = GENERAL_NAME_get0_value(name, &type) else { return }
    let bytes = asn1Bytes(value.assumingMemoryBound(to: ASN1_STRING.self))
    if type == GEN_DNS { dnsNames.append(String(decoding: bytes, as: UTF8.self)) }
    if type == GEN_IPADD { ipAddresses.append(IPAddressBytes(bytes: bytes).text) }
  }
}
