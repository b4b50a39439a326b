import COpenSSL
import Glibc

/// The file that gets each connection's secrets in the NSS key log format, for a packet analyser.
final class TLSKeyLog: Sendable {
  private let descriptor: Int32

  /// Opens `path` for appending, made with mode 0600; nil when that fails, and for a link that others can change.
  init?(path: String) {
    descriptor = ExposedFile.open(path, O_APPEND)
    if descriptor < 0 { return nil }
  }

  deinit { close(descriptor) }

  /// Appends one line in one write, so that lines of several processes do not mix. A failing write loses the line.
  func append(_ line: UnsafePointer<CChar>) {
    var bytes = Array(UnsafeBufferPointer(start: line, count: strlen(line)))
    bytes.append(CChar(UInt8(ascii: "\n")))
    _ = write(descriptor, bytes, bytes.count)
  }
}

/// OpenSSL's key log callback: finds the file through the context's application data.
func appendToKeyLog(_ ssl: OpaquePointer?, _ line: UnsafePointer<CChar>?) {
  guard let ssl, let line, let data = copenssl_ctx_get_app_data(SSL_get_SSL_CTX(ssl)) else { return }
  Unmanaged<TLSKeyLog>.fromOpaque(data).takeUnretainedValue().append(line)
}
