extension SessionEvent {
  /// The words that can stand behind the asterisk, in the order of the format's table.
  package enum Name: String, CaseIterable, Sendable {
    case target
    case clock
    case connecting
    case connected
    case connectFailed = "connect-failed"
    case tls
    case certificate
    case unverified
    case tlsFailed = "tls-failed"
    case injected
    case authenticated
    case deviation
    case closed
    case reset
    case timeout
    case failed
    case elided
    case truncated

    /// What stands behind the name, in words of the format's table.
    package var form: String {
      switch self {
      case .target: "URL"
      case .clock: "INSTANT"
      case .connecting, .connected: "ADDRESS"
      case .connectFailed: "ADDRESS NAME WORDS"
      case .tls: "VERSION CIPHER GROUP VERDICT"
      case .certificate: "subject=… issuer=… names=… until=… key=…"
      case .unverified, .tlsFailed, .deviation, .timeout, .failed: "NAME WORDS"
      case .injected: "OCTETS"
      case .authenticated: "MECHANISM USER"
      case .closed: "SIDE"
      case .elided: "sha256=DIGEST octets=COUNT"
      case .reset, .truncated: ""
      }
    }

    /// What happened.
    package var meaning: String {
      switch self {
      case .target: "the file is about this server (head only)"
      case .clock: "the recording began (head only)"
      case .connecting: "a connection is attempted"
      case .connected: "the connection is open"
      case .connectFailed: "an attempt to connect failed, or the look-up of the name"
      case .tls: "the TLS handshake succeeded; VERDICT is `verified` or `unverified`"
      case .certificate:
        "one certificate of the chain; a value that holds a name and `=` of another field stands in quotation marks"
      case .unverified: "the handshake succeeded, and the certificate proves nothing"
      case .tlsFailed: "the TLS handshake failed"
      case .injected: "plaintext stood behind the 220 of STARTTLS"
      case .authenticated: "the server knows the client now"
      case .deviation: "the server broke the standard"
      case .closed: "the connection was closed; SIDE is `by peer` or `by us`"
      case .reset: "the server reset the connection"
      case .timeout: "the server was silent for too long"
      case .failed: "the session ended before its end"
      case .elided:
        "so many octets of a message, line ends and doubled dots included, were left out here (`--elide-data`)"
      case .truncated: "the recording was ended before the session was"
      }
    }

    /// What the client's player does.
    package var play: String {
      switch self {
      case .target: "the server, where none is given"
      case .connecting, .connected: "connects, where there is no connection"
      case .connectFailed: "connecting may fail, where no `connected` follows"
      case .tlsFailed: "the handshake must fail"
      case .deviation: "what is no reply is accepted where NAME is the same"
      case .closed: "by us: the connection is closed; else the server must close it"
      case .reset: "the server must end the connection again"
      case .timeout: "the replies that did not come are not awaited"
      case .failed: "where NAME is about the certificate, it must be refused again; else nothing"
      case .elided: "as many other octets are sent"
      case .clock, .tls, .certificate, .unverified, .injected, .authenticated, .truncated: "nothing"
      }
    }
  }

  /// The table of the format's document, in Markdown.
  package static var table: String {
    let rows = Name.allCases.map { name in
      let form = name.form.isEmpty ? name.rawValue : "\(name.rawValue) \(name.form)"
      return "| `\(form)` | \(name.meaning) | \(name.play) |\n"
    }
    return "| event | what happened | when it is played |\n|---|---|---|\n" + rows.joined()
  }
}
