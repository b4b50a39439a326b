/// Every option of `parley send`, one line each; those with names are read without the argument parser.
extension SendCommand {
  private static var plain: [PlainOption<Self>] {
    [
      PlainOption("--server", "-s", to: .text { $0.server = $1 }),
      PlainOption("--port", "-p", to: .integer { $0.port = $1 }),
      PlainOption("--to", "-t", to: .list { $0.to = $1 }), PlainOption("--from", "-f", to: .text { $0.from = $1 }),
      PlainOption("--data", "-d", to: .text { $0.data = $1 }), PlainOption("--body", to: .text { $0.body = $1 }),
      PlainOption("--header", "--add-header", to: .list { $0.header = $1 }), PlainOption(to: .list { $0.attach = $1 }),
      PlainOption("--tls", "-tls", to: .flag { $0.tls = $1 }),
      PlainOption("--tls-optional", "-tlso", to: .flag { $0.tlsOptional = $1 }),
      PlainOption("--tls-on-connect", "-tlsc", to: .flag { $0.tlsOnConnect = $1 }),
      PlainOption("--auth", "-a", to: .text { $0.auth = $1 }),
      PlainOption("--allow-plaintext-auth", to: .flag { $0.allowPlaintextAuth = $1 }),
      PlainOption("--force-auth", to: .flag { $0.forceAuth = $1 }), PlainOption(to: .text { $0.notify = $1 }),
      PlainOption(to: .text { $0.ret = $1 }), PlainOption(to: .text { $0.envid = $1 }),
      PlainOption(to: .text { $0.orcpt = $1 }),
      PlainOption(to: .flag { $0.requiretls = $1 }), PlainOption(to: .list { $0.mailParameter = $1 }),
      PlainOption(to: .list { $0.rcptParameter = $1 }), PlainOption(to: .text { $0.smtputf8 = $1 }),
      PlainOption(to: .flag { $0.ignoreOffer = $1 }),
      PlainOption("--quit-after", "-q", to: .text { $0.quitAfter = $1 }),
      PlainOption(to: .text { $0.dropAfter = $1 }), PlainOption("--pipeline", to: .flag { $0.pipeline = $1 }),
      PlainOption("--lmtp", to: .flag { $0.lmtp = $1 }), PlainOption("--silent", to: .flag { $0.silent = $1 }),
    ]
  }

  /// The command that these words make; nil when they are not all plain.
  init?(plain words: [String]) {
    self.init()
    var (options, connections, logins) = (Self.plain, ConnectionOptions.plain, CredentialOptions.plain)
    var (connection, login) = (ConnectionOptions(), CredentialOptions())
    for option in options { option.clear(&self) }
    for option in connections { option.clear(&connection) }
    for option in logins { option.clear(&login) }
    var words = words[...]
    while let name = words.popFirst() {
      guard
        options.read(name, &words, into: &self) ?? connections.read(name, &words, into: &connection)
          ?? logins.read(name, &words, into: &login) ?? false
      else { return nil }
    }
    (self.connection, self.login) = (connection, login)
    guard !to.isEmpty, (try? connection.validate()) != nil, (try? validate()) != nil else { return nil }
  }
}

extension ConnectionOptions {
  fileprivate static var plain: [PlainOption<Self>] {
    [
      PlainOption("--timeout", to: .seconds { $0.timeout = $1 }), PlainOption(to: .seconds { $0.totalTimeout = $1 }),
      PlainOption("--tls-ca-path", "--tls-ca", to: .text { $0.tlsCAPath = $1 }),
      PlainOption(to: .text { $0.tlsCert = $1 }),
      PlainOption(to: .text { $0.tlsKey = $1 }), PlainOption("--tls-sni", to: .text { $0.tlsSni = $1 }),
      PlainOption("--insecure", to: .flag { $0.insecure = $1 }),
      PlainOption("--ehlo", "--helo", to: .text { $0.ehlo = $1 }),
      PlainOption("--record", to: .text { $0.record = $1 }),
      PlainOption("--elide-data", to: .flag { $0.elideData = $1 }),
      PlainOption("--json", to: .flag { $0.json = $1 }),
    ]
  }
}

extension CredentialOptions {
  fileprivate static var plain: [PlainOption<Self>] {
    [
      PlainOption("--auth-user", "-au", "--user", to: .text { $0.authUser = $1 }),
      PlainOption("--auth-password", "-ap", to: .text { $0.authPassword = $1 }),
      PlainOption("--password-command", to: .text { $0.passwordCommand = $1 }),
      PlainOption(to: .descriptor { $0.passwordFd = $1 }),
      PlainOption(to: .text { $0.authzid = $1 }), PlainOption(to: .text { $0.profile = $1 }),
      PlainOption(to: .flag { $0.netrc = $1 }),
    ]
  }
}
