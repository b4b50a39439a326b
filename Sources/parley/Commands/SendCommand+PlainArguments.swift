/// The everyday options of `parley send`, read word by word.
///
/// The argument parser learns each option's type from the runtime, and together its questions take longer than the whole
/// session. So what is plain is read here; anything else (an unknown or shortened name, `--name=value`, a missing or
/// wrong value, `--help`) is left to the parser, which also has the words for it.
extension SendCommand {
  /// The command that these words make; nil when they are not all plain.
  init?(plain words: [String]) {
    self.init()
    setDefaults()
    var words = words[...]
    while let name = words.popFirst() {
      guard setFlag(name) || setText(name, &words) || setNumber(name, &words) else { return nil }
    }
    guard !to.isEmpty, (try? connection.validate()) != nil, (try? validate()) != nil else { return nil }
  }

  private mutating func setFlag(_ name: String) -> Bool {
    switch name {
    case "--tls", "-tls": tls = true
    case "--tls-optional", "-tlso": tlsOptional = true
    case "--tls-on-connect", "-tlsc": tlsOnConnect = true
    case "--allow-plaintext-auth": allowPlaintextAuth = true
    case "--force-auth": forceAuth = true
    case "--pipeline": pipeline = true
    case "--lmtp": lmtp = true
    case "--silent": silent = true
    case "--insecure": connection.insecure = true
    case "--elide-data": connection.elideData = true
    case "--json": connection.json = true
    default: return false
    }
    return true
  }

  private mutating func setText(_ name: String, _ words: inout ArraySlice<String>) -> Bool {
    guard let value = words.first, !value.hasPrefix("-") else { return false }
    switch name {
    case "--server", "-s": server = value
    case "--to", "-t": to.append(value)
    case "--from", "-f": from = value
    case "--data", "-d": data = value
    case "--body": body = value
    case "--header", "--add-header": header.append(value)
    case "--auth", "-a": auth = value
    case "--quit-after", "-q": quitAfter = value
    case "--auth-user", "-au", "--user": login.authUser = value
    case "--auth-password", "-ap": login.authPassword = value
    case "--password-command": login.passwordCommand = value
    case "--tls-ca-path", "--tls-ca": connection.tlsCAPath = value
    case "--tls-sni": connection.tlsSni = value
    case "--ehlo", "--helo": connection.ehlo = value
    case "--record": connection.record = value
    default: return false
    }
    words.removeFirst()
    return true
  }

  private mutating func setNumber(_ name: String, _ words: inout ArraySlice<String>) -> Bool {
    guard let value = words.popFirst() else { return false }
    switch name {
    case "--port", "-p": port = Int(value)
    case "--timeout": connection.timeout = Double(value)
    default: return false
    }
    return name == "--timeout" ? connection.timeout != nil : port != nil
  }

  /// What each option is when it is not given. The parser sets these as it reads; an option that nobody set has no value.
  private mutating func setDefaults() {
    (server, port, to, from, data, body) = (nil, nil, [], nil, nil, nil)
    (header, attach, auth, quitAfter, dropAfter) = ([], [], nil, nil, nil)
    (tls, tlsOptional, tlsOnConnect) = (false, false, false)
    (allowPlaintextAuth, forceAuth, pipeline, lmtp, silent) = (false, false, false, false, false)
    connection = .unset
    login = .unset
  }
}

extension ConnectionOptions {
  /// All options as they are when none is given.
  fileprivate static var unset: Self {
    var options = Self()
    (options.timeout, options.totalTimeout, options.tlsCAPath, options.tlsCert) = (nil, nil, nil, nil)
    (options.tlsKey, options.tlsSni, options.insecure, options.ehlo) = (nil, nil, false, nil)
    (options.record, options.elideData, options.json) = (nil, false, false)
    return options
  }
}

extension CredentialOptions {
  /// All options as they are when none is given.
  fileprivate static var unset: Self {
    var options = Self()
    (options.authUser, options.authPassword, options.passwordCommand) = (nil, nil, nil)
    (options.passwordFd, options.authzid, options.profile, options.netrc) = (nil, nil, nil, false)
    return options
  }
}
