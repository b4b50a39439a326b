import Foundation

/// Where somebody logs in, and with what.
struct Login {
  let port: Int
  /// The PEM file that verifies the server.
  let authority: String
  var user = "alice"
  /// The password or token.
  var secret = "wonderland"
  /// A PEM file with a client's certificate and its key; empty for none.
  var certificate = ""
  /// Where temporary files may be made.
  let files: TemporaryDirectory

  /// The secret in a file, for those who would show it to everybody on their command line.
  func secretFile() throws -> String { try files.write("secret-\(UUID().uuidString)", secret) }
}

/// What a try to log in came to.
enum LoginOutcome: Equatable {
  case accepted, refused
  case broken(String)
}

/// A program that logs in by a mechanism and sends nothing; the statuses with which it tells that it was refused.
struct LoginClient: Sendable {
  let name: String
  let refusals: Set<Int32>
  /// The mechanisms that it speaks, in upper case.
  let mechanisms: [String]
  let arguments: @Sendable (_ mechanism: String, Login) throws -> [String]

  /// Runs the program to its end.
  func outcome(_ mechanism: String, _ login: Login) throws -> LoginOutcome {
    let environment = ["HOME": login.files.path, "PARLEY_PASSWORD": login.secret]
    let run = try Program.run(try arguments(mechanism, login), environment: environment)
    if run.status == 0 { return .accepted }
    return refusals.contains(run.status) ? .refused : .broken("\(name) \(mechanism): \(run.status) \(run.everything)")
  }

  static let parley = LoginClient(
    name: "parley", refusals: [77],
    mechanisms: [
      "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", "EXTERNAL", "OAUTHBEARER", "XOAUTH2",
      "DIGEST-MD5", "CRAM-MD5", "PLAIN", "LOGIN", "NTLM", "ANONYMOUS",
    ]
  ) { mechanism, login in
    [
      Program.parley, "send", "--server", "localhost:\(login.port)", "--tls", "--tls-ca-path", login.authority,
      "--auth", mechanism,
    ]
      + ["--auth-user", login.user, "--quit-after", "auth", "--silent"]
      + ["--from", "alice@example.com", "--to", "bob@example.com"]
      + (login.certificate.isEmpty ? [] : ["--tls-cert", login.certificate])
  }

  static let swaks = LoginClient(
    name: "swaks", refusals: [28], mechanisms: ["PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5"]
  ) { mechanism, login in
    ["swaks", "--server", "localhost:\(login.port)", "--tls", "--tls-verify", "--tls-ca-path", login.authority]
      + ["--auth", mechanism, "--auth-user", login.user, "--auth-password", login.secret, "--quit-after", "AUTH"]
      + ["--from", "alice@example.com", "--to", "bob@example.com"]
  }

  static let curl = LoginClient(
    name: "curl", refusals: [67],
    mechanisms: ["PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "OAUTHBEARER", "XOAUTH2", "EXTERNAL"]
  ) { mechanism, login in
    let isOAuth = mechanism == "OAUTHBEARER" || mechanism == "XOAUTH2"
    return ["curl", "-sS", "--url", "smtp://localhost:\(login.port)/client.example", "--ssl-reqd", "--cacert"]
      + [login.authority, "--request", "NOOP", "--login-options", "AUTH=" + mechanism, "--user"]
      + [isOAuth || mechanism == "EXTERNAL" ? login.user + ":" : "\(login.user):\(login.secret)"]
      + (isOAuth ? ["--oauth2-bearer", login.secret] : [])
      + (login.certificate.isEmpty ? [] : ["--cert", login.certificate])
  }

  static let msmtp = LoginClient(
    name: "msmtp", refusals: [77],
    mechanisms: [
      "PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2", "EXTERNAL",
    ]
  ) { mechanism, login in
    ["msmtp", "--host=localhost", "--port=\(login.port)", "--tls=on", "--tls-trust-file=" + login.authority]
      + ["--auth=" + mechanism.lowercased(), "--user=" + login.user]
      + (login.secret.isEmpty ? [] : ["--passwordeval=cat \(try login.secretFile())"])
      + (login.certificate.isEmpty
        ? [] : ["--tls-cert-file=" + login.certificate, "--tls-key-file=" + login.certificate])
      + ["--from=alice@example.com", login.user + "@example.com"]
  }

  static let smtplib = LoginClient(name: "smtplib", refusals: [77], mechanisms: ["PLAIN", "LOGIN", "CRAM-MD5"]) {
    mechanism, login in
    let program = """
      import smtplib, ssl, sys
      port, ca, mechanism, user, path = sys.argv[1:]
      with smtplib.SMTP('localhost', int(port), timeout=30) as client:
          client.starttls(context=ssl.create_default_context(cafile=ca))
          client.ehlo()
          client.user, client.password = user, open(path, newline='').read()
          try:
              client.auth(mechanism, getattr(client, 'auth_' + mechanism.lower().replace('-', '_')))
          except smtplib.SMTPAuthenticationError:
              sys.exit(77)
      """
    return ["python3", "-c", program, "\(login.port)", login.authority, mechanism, login.user, try login.secretFile()]
  }

  static let gsasl = LoginClient(
    name: "gsasl", refusals: [1],
    mechanisms: [
      "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", "EXTERNAL", "DIGEST-MD5", "CRAM-MD5",
      "PLAIN", "LOGIN", "ANONYMOUS",
    ]
  ) { mechanism, login in
    // It refuses to leave the binding out where it could bind, unless it is told to.
    let binding = mechanism.hasSuffix("-PLUS") ? [] : ["--no-cb"]
    let certificate =
      login.certificate.isEmpty ? [] : ["--x509-cert-file=", "--x509-key-file="].map { $0 + login.certificate }
    return ["gsasl", "--smtp", "--connect=localhost:\(login.port)", "--x509-ca-file=" + login.authority, "--starttls"]
      + ["--mechanism=" + mechanism, "--authentication-id=" + login.user, "--password=" + login.secret]
      + ["--quality-of-protection=qop-auth", "--anonymous-token=" + login.user] + binding + certificate
      + (mechanism == "EXTERNAL" ? ["--authorization-id=" + login.user] : [])
  }
}
