import NIOCore

extension SocketAddress {
  /// As in `192.0.2.1:25`, `[2001:db8::1]:25` or `unix:/run/socket`.
  var text: String {
    guard let ipAddress else { return "unix:\(pathname ?? "")" }
    return Endpoint.tcp(host: ipAddress, port: port ?? 0).description
  }
}
