package import Failures
import Glibc
package import MTACore

/// Where and how the reference MTA listens.
package struct MTAListener: Hashable, Sendable {
  /// The kinds of listeners.
  package enum Kind: String, Hashable, Sendable {
    /// Mail from anybody, STARTTLS offered.
    case smtp
    /// TLS from the first octet (RFC 8314 §3.3).
    case smtps
    /// Mail from users: STARTTLS and AUTH are needed (RFC 6409).
    case submission
  }

  /// What is spoken there.
  package var kind: Kind
  /// A name or an address.
  package var host: String
  /// 0 lets the system pick one.
  package var port: Int

  /// Makes a listener.
  package init(_ kind: Kind, host: String = "127.0.0.1", port: Int = 0) {
    self.kind = kind
    self.host = host
    self.port = port
  }
}

/// Where log lines go.
package enum MTALogSink: Hashable, Sendable {
  case stderr
  /// Appended to a file.
  case file(String)
  case none
}

/// How a reference MTA is run.
package struct ReferenceMTAOptions: Hashable, Sendable {
  /// Where it listens.
  package var listeners: [MTAListener]
  /// The directory for mail, certificates and the like; it is made when it is missing.
  package var state: String
  /// Names, domains, users.
  package var configuration: MTAConfiguration
  /// Where it tells what it does.
  package var log: MTALogSink
  /// A file for the ports that it got, `NAME HOST PORT` a line.
  package var portFile: String?
  /// The greatest number of connections at a time, over all listeners.
  package var maximumConnections = 500
  /// The greatest number of connections from one address.
  package var maximumConnectionsPerClient = 100

  /// Makes options; without `state`, everything is below ``defaultState``.
  package init(
    listeners: [MTAListener] = [MTAListener(.smtp)], state: String = ReferenceMTAOptions.defaultState,
    configuration: MTAConfiguration = MTAConfiguration(), log: MTALogSink = .stderr, portFile: String? = nil
  ) {
    self.listeners = listeners
    self.state = state
    self.configuration = configuration
    self.log = log
    self.portFile = portFile
  }

  /// `$XDG_STATE_HOME/parley/mta`, or `~/.local/state/parley/mta`.
  package static var defaultState: String {
    func variable(_ name: String) -> String? {
      getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let base = variable("XDG_STATE_HOME") ?? (variable("HOME") ?? "/var/tmp") + "/.local/state"
    return base + "/parley/mta"
  }
}

/// Why the reference MTA cannot start.
package struct ReferenceMTAFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The stable name.
  package let name: FailureName
  /// One sentence for people.
  package let words: String

  package var description: String { words }
}

/// Where a reference MTA can be reached.
package struct ReferenceMTAPorts: Hashable, Sendable {
  /// One listener with the port that it got.
  package struct Port: Hashable, Sendable {
    /// `smtp`, `smtps` or `submission`.
    package let name: String
    /// The host as it was asked for.
    package let host: String
    /// The port, which is never 0.
    package let port: Int
  }

  /// The listeners in the order of the options.
  package let ports: [Port]
  /// The path of the certificate that its clients are to trust.
  package let authority: String
}
