import Foundation
import Testing

/// Servers to log in at, other people's and ours; they end with the last reference to them.
final class LoginGrounds {
  private let files: TemporaryDirectory
  private let passwords: [String: String]
  private var running: [AnyObject] = []
  private var startedDovecot: PrivateServer?

  /// Every mechanism that Cyrus SASL can do with a database of passwords.
  private static let cyrus = "PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256 NTLM ANONYMOUS"
  /// Nobody is kept out, as otherwise nothing would be known of ANONYMOUS.
  private static let anybody = "smtpd_sasl_security_options="

  /// `passwords` are those of further users by their names.
  init(passwords: [String: String] = [:]) throws {
    files = try TemporaryDirectory()
    self.passwords = passwords
    let lines = passwords.map { "\($0.key) \(Data($0.value.utf8).base64EncodedString())\n" }
    try files.write("users.base64", lines.joined())
    try LoginGrounds.makeCertificates(files.path + "/tls")
  }

  /// All of them, by their names.
  func servers() throws -> [LoginServer] {
    [try postfix(), try postfixWithDovecot(), try exim(), try reference(), try referenceWithDovecot()]
  }

  func postfix(_ settings: [String] = []) throws -> LoginServer {
    let words = ["--mechanisms", Self.cyrus, "--users", users] + Self.settings([Self.anybody] + settings, "--set")
    return keep("Postfix with Cyrus SASL", try PrivateServer("postfix", words))
  }

  func postfixWithDovecot() throws -> LoginServer {
    let dovecot = try dovecot()
    let words = ["--dovecot", dovecot["socket"]] + Self.settings([Self.anybody], "--set")
    return keep("Postfix with Dovecot", try PrivateServer("postfix", words), token: dovecot["token"])
  }

  func exim() throws -> LoginServer { keep("Exim", try PrivateServer("exim")) }

  /// `parley mta run` with these users; alice has a token, too.
  func reference(_ settings: [String] = []) throws -> LoginServer {
    let users = try userFile(token: "t0ken")
    let words = ["--users", users, "--mechanisms", Self.everything] + options(settings)
    return keep("parley mta run", try MailServer.start(.reference, words), token: "t0ken")
  }

  func referenceWithDovecot() throws -> LoginServer {
    let dovecot = try dovecot()
    let words = options(["smtpd_sasl_type=dovecot", "smtpd_sasl_path=" + dovecot["socket"]])
    return keep("parley mta run with Dovecot", try MailServer.start(.reference, words), token: dovecot["token"])
  }

  /// The Dovecot that several of the servers ask.
  private func dovecot() throws -> PrivateServer {
    if let startedDovecot { return startedDovecot }
    let server = try PrivateServer("dovecot", ["--users", users])
    startedDovecot = server
    return server
  }

  private func keep(_ name: String, _ server: PrivateServer, token: String = "") -> LoginServer {
    running.append(server)
    let certificate = server["client"].isEmpty ? files.path + "/tls/client.pem" : server["client"]
    return LoginServer(
      name: name, port: server.port, authority: server["ca"], certificate: certificate, token: token, files: files)
  }

  private func keep(_ name: String, _ server: MailServer, token: String) -> LoginServer {
    running.append(server)
    return LoginServer(
      name: name, port: server.port, authority: server.authority, certificate: files.path + "/tls/client.pem",
      token: token, files: files)
  }

  private static func settings(_ settings: [String], _ option: String) -> [String] {
    settings.flatMap { [option, $0] }
  }

  private static let everything = LoginClient.parley.mechanisms.filter { $0 != "NTLM" }.joined(separator: ",")
  private var users: String { files.path + "/users.base64" }

  private func options(_ settings: [String]) -> [String] {
    let certificates = ["smtpd_tls_ask_ccert=yes", "smtpd_tls_CAfile=\(files.path)/tls/ca.pem"]
    return Self.settings([Self.anybody, "smtpd_error_sleep_time=0"] + certificates + settings, "-o")
  }

  private static func makeCertificates(_ directory: String) throws {
    let run = try Program.run([PrivateServer.directory + "/certificates", directory, "alice"])
    try #require(run.status == 0, "\(run.everything)")
  }

  /// A file as `--users` takes it, made by the program itself.
  private func userFile(token: String) throws -> String {
    var text = try Self.lines(["alice", "--plain"], "wonderland") + Self.lines(["alice", "--token"], token)
    for (name, password) in passwords { text += try Self.lines([name, "--plain"], password) }
    let path = try files.write("users", text)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    return path
  }

  private static func lines(_ arguments: [String], _ secret: String) throws -> String {
    let run = try Program.run(
      [Program.parley, "mta", "user"] + arguments, environment: ["PARLEY_PASSWORD": secret, "HOME": "/nonexistent"])
    try #require(run.status == 0, "\(run.everything)")
    return run.output
  }
}

/// One server to log in at, which lives as long as its grounds.
struct LoginServer: Sendable {
  let name: String
  let port: Int
  let authority: String
  let certificate: String
  let token: String
  let files: TemporaryDirectory

  /// What a client logs in with. A certificate is always right, but it is not for everybody.
  func login(_ mechanism: String, isRight: Bool) -> Login {
    var login = Login(port: port, authority: authority, files: files)
    login.secret = isRight ? "wonderland" : "looking-glass"
    switch mechanism {
    case "OAUTHBEARER", "XOAUTH2": login.secret = isRight ? token : "none"
    case "EXTERNAL":
      login.certificate = certificate
      login.secret = ""
      if !isRight { login.user = "bob" }
    case "ANONYMOUS": login.user = "anonymous"
    default: break
    }
    return login
  }

  /// The mechanisms that EHLO lists under TLS to who shows a certificate.
  func offered() throws -> [String] {
    let script = try files.write(
      "ehlo-\(UUID().uuidString).smtp", "C: EHLO c\nS: 250\n> starttls\nC: EHLO c\nS: 250\n> quit\n")
    let run = try Program.run(
      [
        Program.parley, "run", "-v", script, "smtp://localhost:\(port)", "--tls-ca-path", authority, "--tls-cert",
        certificate,
      ])
    let lines = run.output.split(separator: "\n").filter { $0.contains("S: 250-AUTH ") || $0.contains("S: 250 AUTH ") }
    let words = try #require(lines.last, "\(name): \(run.everything)").split(separator: " ")
    return words.drop { !$0.hasSuffix("AUTH") }.dropFirst().map(String.init)
  }
}
