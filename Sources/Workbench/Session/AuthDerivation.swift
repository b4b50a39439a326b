/// How the answers of a mechanism come about, in the notation of its RFC.
enum AuthDerivation {
  /// One step a line; `‹secret›` is the password.
  static func lines(_ mechanism: String) -> [String] {
    switch mechanism {
    case "PLAIN": ["base64(authzid NUL user NUL ‹secret›)"]
    case "LOGIN": ["base64(user)", "base64(‹secret›)"]
    case "CRAM-MD5": ["digest = HMAC-MD5(‹secret›, challenge)", "base64(user SP hex(digest))"]
    case "DIGEST-MD5":
      [
        "A1 = MD5(user:realm:‹secret›):nonce:cnonce[:authzid]", "A2 = AUTHENTICATE:digest-uri",
        "response = MD5(MD5(A1):nonce:nc:cnonce:qop:MD5(A2))",
      ]
    case "NTLM":
      [
        "key      = HMAC-MD5(MD4(UTF-16(‹secret›)), UPPER(user) domain)",
        "response = HMAC-MD5(key, challenge blob) blob",
      ]
    case "XOAUTH2": ["base64(user=NAME ^A auth=Bearer ‹secret› ^A ^A)"]
    case "OAUTHBEARER": ["base64(n,a=NAME, ^A host= ^A port= ^A auth=Bearer ‹secret› ^A ^A)"]
    case "EXTERNAL": ["base64(authzid), or = for the name in the certificate"]
    case "ANONYMOUS": ["base64(trace), which proves nothing"]
    default: scram(mechanism.contains("SHA-256") ? "SHA-256" : "SHA-1")
    }
  }

  /// RFC 5802 §3.
  private static func scram(_ hash: String) -> [String] {
    [
      "SaltedPassword  = PBKDF2(\(hash), ‹secret›, salt, iterations)",
      "ClientKey       = HMAC(SaltedPassword, \"Client Key\")", "StoredKey       = \(hash)(ClientKey)",
      "ClientSignature = HMAC(StoredKey, AuthMessage)", "ClientProof     = ClientKey XOR ClientSignature",
    ]
  }
}
