import COpenSSL

/// What passed by in one session that OpenSSL does not tell otherwise: alerts, and requests for a certificate.
final class TLSMessageLog {
  /// The last fatal alert of each side.
  private(set) var alertReceived: TLSAlert?
  private(set) var alertSent: TLSAlert?
  /// A server asked for a certificate.
  private(set) var certificateRequested = false
  /// The peer asked for a new handshake; OpenSSL refuses with the alert `no_renegotiation`.
  private(set) var renegotiationRefused = false

  private static let noRenegotiation: UInt8 = 100
  private static let certificateRequest: UInt8 = 13

  /// Notes a whole message, given without its record header.
  func note(isOutgoing: Bool, contentType: Int32, message: UnsafeRawBufferPointer) {
    if contentType == SSL3_RT_ALERT, message.count == 2 {
      noteAlert(TLSAlert(code: message[1], isFatal: message[0] == 2, sender: isOutgoing ? .local : .peer))
    }
    if contentType == SSL3_RT_HANDSHAKE, !isOutgoing, message.first == Self.certificateRequest {
      certificateRequested = true
    }
  }

  private func noteAlert(_ alert: TLSAlert) {
    if alert.sender == .local, alert.code == Self.noRenegotiation { renegotiationRefused = true }
    guard alert.isFatal else { return }
    if alert.sender == .peer { alertReceived = alert } else { alertSent = alert }
  }
}

/// OpenSSL's message callback: `argument` is the session's ``TLSMessageLog``, which outlives the session object.
func noteMessage(
  _ isWrite: Int32, _ version: Int32, _ contentType: Int32, _ buffer: UnsafeRawPointer?, _ length: Int,
  _ ssl: OpaquePointer?, _ argument: UnsafeMutableRawPointer?
) {
  guard let argument else { return }
  Unmanaged<TLSMessageLog>.fromOpaque(argument).takeUnretainedValue().note(
    isOutgoing: isWrite != 0, contentType: contentType,
    message: UnsafeRawBufferPointer(start: buffer, count: buffer == nil ? 0 : length))
}
