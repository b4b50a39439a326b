/// What a TLS handshake has agreed on, as the event `tls` tells it.
package struct TLSSummary: Hashable, Sendable {
  /// The version, such as `TLSv1.3`; empty where the file does not tell it.
  package var version: String
  /// The cipher suite; empty where the file does not tell it.
  package var cipher: String
  /// The group of the key exchange; empty where the file does not tell it.
  package var group: String
  /// Whether the certificate was verified; nil where the file does not tell it.
  package var isVerified: Bool?

  /// Makes a summary of its parts.
  package init(version: String, cipher: String, group: String = "", isVerified: Bool? = nil) {
    self.version = version
    self.cipher = cipher
    self.group = group
    self.isVerified = isVerified
  }

  /// Reads `VERSION CIPHER GROUP verified`, of which the latter parts may be missing.
  init(_ text: Substring) {
    var words = text.split(separator: " ").map(String.init)
    self.init(version: "", cipher: "")
    if let last = words.last, last == "verified" || last == "unverified" {
      isVerified = last == "verified"
      words.removeLast()
    }
    (version, cipher) = (words.first ?? "", words.dropFirst().first ?? "")
    group = words.dropFirst(2).joined(separator: " ")
  }

  /// The words of the event.
  var text: String {
    let verdict = isVerified.map { $0 ? "verified" : "unverified" } ?? ""
    return [version, cipher, group, verdict].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
