import SMTPWire

/// Base64 as Cyrus SASL judges it.
enum SASLServerBase64 {
  /// The octets, or the failure with which Cyrus meets such a text: whole groups are looked at before what is left over.
  static func decode(_ text: [UInt8]) -> Result<[UInt8], SASLBase64Failure> {
    let whole = text.prefix(text.count - text.count % 4)
    guard let octets = try? Base64.decode(whole) else { return .failure(.protocolError) }
    return whole.count == text.count ? .success(octets) : .failure(.incomplete)
  }
}

/// Why a text could not be decoded.
enum SASLBase64Failure: Error {
  case protocolError
  case incomplete

  var failure: SASLFailure { self == .incomplete ? .incomplete : .protocolError() }
}
