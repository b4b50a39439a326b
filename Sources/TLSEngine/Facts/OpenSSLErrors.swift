import COpenSSL

/// OpenSSL made ready once, without reading `openssl.cnf`: that file costs a cold start and can change what we offer.
let openSSLIsReady: Bool = copenssl_init() == 1

/// One entry of OpenSSL's error queue.
struct OpenSSLError: Equatable {
  /// The packed code.
  let code: UInt

  /// The reason number within its library, such as `SSL_R_UNSUPPORTED_PROTOCOL`.
  var reason: Int32 { copenssl_err_reason(code) }

  /// OpenSSL's words for the reason; they come from its own table, never from a peer.
  var words: String {
    guard let text = ERR_reason_error_string(code) else { return "error \(String(code, radix: 16))" }
    return String(cString: text)
  }

  /// The first error that this thread noted since the queue was cleared, which is the cause; the queue is empty afterwards.
  static func takeFirst() -> OpenSSLError? {
    let code = ERR_get_error()
    ERR_clear_error()
    return code == 0 ? nil : OpenSSLError(code: code)
  }

  /// The words of the first noted error, or a filler when there is none.
  static func takeWords() -> String { takeFirst()?.words ?? "unknown error" }
}
