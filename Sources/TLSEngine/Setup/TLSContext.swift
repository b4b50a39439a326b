import COpenSSL
import Synchronization

/// A configuration made ready for use: files read, algorithms looked up. Build it once and use it for any number of
/// connections; it costs about two milliseconds the first time in a process.
package final class TLSContext: Sendable {
  /// What the context was made from.
  package let configuration: TLSConfiguration
  private let handle: Mutex<OpaquePointer>
  private let keyLog: TLSKeyLog?

  /// Reads the files that `configuration` names; fails when one of them or a setting is no good.
  package init(_ configuration: TLSConfiguration) throws(TLSConfigurationFailure) {
    guard openSSLIsReady, let context = SSL_CTX_new(TLS_method()) else {
      throw TLSConfigurationFailure(kind: .library, words: "OpenSSL cannot start: \(OpenSSLError.takeWords())")
    }
    do {
      try TLSContextSetup(context: context, configuration: configuration).apply()
      keyLog = try Self.openKeyLog(configuration.keyLogFile, for: context)
    } catch {
      SSL_CTX_free(context)
      throw error
    }
    self.configuration = configuration
    handle = Mutex(context)
  }

  deinit { handle.withLock { SSL_CTX_free($0) } }

  /// A new OpenSSL session object, owned by the caller; nil when memory runs out.
  func makeSession() -> OpaquePointer? {
    OpaquePointer(bitPattern: handle.withLock { UInt(bitPattern: SSL_new($0)) })
  }

  private static func openKeyLog(
    _ path: String?, for context: OpaquePointer
  ) throws(TLSConfigurationFailure) -> TLSKeyLog? {
    guard let path else { return nil }
    guard let log = TLSKeyLog(path: path) else {
      throw TLSConfigurationFailure(kind: .keyLog, words: "cannot write the key log file \(path)")
    }
    _ = copenssl_ctx_set_app_data(context, Unmanaged.passUnretained(log).toOpaque())
    SSL_CTX_set_keylog_callback(context, appendToKeyLog)
    return log
  }
}
