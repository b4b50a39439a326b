import SMTPWire

/// The JSON with which a server refuses a bearer token (RFC 7628 §3.2.2).
package struct OAuthRefusal: Hashable, Sendable {
  /// RFC 6750's word, or an HTTP status as Google sends it; nil where there is none.
  package let status: String?
  /// The scope that the token would need.
  package let scope: String?
  /// Where the provider describes itself.
  package let configuration: String?
  /// Whether it is JSON at all.
  package let isJSON: Bool

  /// Reads what the server sent; anything else than JSON leaves all fields empty.
  package init(_ octets: [UInt8]) {
    let value = JSONValue(octets)
    isJSON = value != nil
    status = value?["status"]?.text
    scope = value?["scope"]?.text
    configuration = value?["openid-configuration"]?.text
  }

  /// What the status means.
  package var meaning: String? {
    switch status {
    case "invalid_token", "401":
      "the token is expired, revoked, malformed or for another server: get a new one from the provider"
    case "invalid_request", "400":
      "the request is malformed: often a user's name that is not the token's, or no token at all"
    case "insufficient_scope", "403":
      "the token does not allow to send mail: ask for one with the scope that the server wants"
    case "500", "503": "the server cannot check the token now: try again later"
    default: nil
    }
  }

  /// All of it in one sentence, safe to show.
  package var sentence: String {
    guard isJSON else { return "the server refused the token without saying why" }
    var parts = ["the server says " + (status.map { OctetText.readable($0.utf8) } ?? "nothing of the reason")]
    if let meaning { parts.append(meaning) }
    if let scope, !scope.isEmpty { parts.append("it wants the scope \(OctetText.readable(scope.utf8))") }
    return parts.joined(separator: "; ")
  }
}
