import Glibc
import Network
package import SASL
import SMTPSession
import TLSEngine

extension Conversation {
  /// Keeps the password and the token of credentials out of what the server says.
  package func keep(_ credentials: Credentials) {
    keep(credentials.password)
    if let token = credentials.token { keep(token) }
  }

  /// What a mechanism may know of this connection as it is now.
  package func saslContext() async -> SASLContext {
    var context = SASLContext(digests: .openSSL)
    context.host = options.tlsName ?? (target.scheme == .unix ? "localhost" : target.host)
    context.port = target.port
    context.unixTime = time(nil)
    context.isSecured = tlsFacts != nil
    context.hasCertificate = options.tls.identity != nil
    context.bindings = await channelBindings()
    return context
  }

  /// What a login can be bound to; nothing without TLS.
  package func channelBindings() async -> SASLChannelBindings {
    guard let connection, tlsFacts != nil else { return .none }
    return SASLChannelBindings(
      exporter: await connection.tlsChannelBinding(.exporter),
      serverEndPoint: await connection.tlsChannelBinding(.serverEndPoint))
  }
}
