/// Where to connect to or to listen.
package enum Endpoint: Sendable, Hashable, CustomStringConvertible {
  /// A TCP port; `host` is a DNS name or an IP address without brackets, `port` 0 is any when listening.
  case tcp(host: String, port: Int)
  /// A UNIX socket.
  case unix(path: String)

  /// As in `mail.example.com:25`, `[::1]:25` or `unix:/run/socket`.
  package var description: String {
    switch self {
    case .tcp(let host, let port): host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }
}
