import ArgumentParser
import Failures
import MTACore
import SASL
import SMTPClient
import SMTPSession
import SMTPWire

/// `parley mta user`: the lines of a user in the file that `parley mta run --users` reads.
struct MTAUserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", _superCommandName: "parley mta",
    abstract: "Prints the lines of a user for the file of --users.",
    discussion: """
      The password is asked for. It is not stored: SCRAM verifiers are, which do for SCRAM, PLAIN and LOGIN. CRAM-MD5 and \
      DIGEST-MD5 need the password itself, which --plain adds. For example: \
      (umask 077; parley mta user alice >> users)
      """)

  @Argument(help: "The user's name: the local-part of the address, in lower case.") var name: String
  @Flag(help: "Store the password itself, too, for CRAM-MD5 and DIGEST-MD5.") var plain = false
  @Flag(help: "What is given is a bearer token, for OAUTHBEARER and XOAUTH2.") var token = false
  @Option(help: "How many iterations a guess at the password shall cost.") var iterations = 4096
  @OptionGroup var login: CredentialOptions

  func validate() throws {
    if plain, token { throw ValidationError("--plain and --token exclude each other") }
    guard (4096...MTAUserFile.iterationLimit).contains(iterations) else {
      throw ValidationError("--iterations: expected 4096 (RFC 7677 §4) to \(MTAUserFile.iterationLimit)")
    }
  }

  func run() throws {
    var options = login
    options.authUser = name
    let secret = try options.credentials(host: "the reference MTA")?.password.octets ?? []
    let lines = try token ? ["BEARER$" + text(secret)] : verifiers(secret) + (plain ? ["PLAIN$" + text(secret)] : [])
    let file = lines.map { "\(name) \($0)\n" }.joined()
    // What could not be read back is not printed.
    do throws(MTAUserFileDiagnostic) {
      _ = try MTAUserFile.read(Array(file.utf8))
    } catch {
      throw fail(error.words)
    }
    Output.write(Array(file.utf8))
  }

  private func verifiers(_ secret: [UInt8]) throws -> [String] {
    let password = try text(secret)
    guard !password.isEmpty else { throw fail("a password cannot be empty") }
    if let flaw = SASLClientMechanisms.flaw("SCRAM-SHA-256", Credentials(user: name, password: password)) {
      guard plain else { throw fail(flaw + "; --plain stores it for the other mechanisms") }
      return []
    }
    return [SASLHash.sha256, .sha1].compactMap { hash in
      let salt = SASLDigests.openSSL.random(16)
      return SCRAMVerifier(hash, password: password, salt: salt, iterations: iterations, digests: .openSSL)?.text
    }
  }

  private func text(_ secret: [UInt8]) throws -> String {
    guard let text = String(validating: secret, as: UTF8.self) else { throw fail("expected UTF-8") }
    return text
  }

  private func fail(_ words: String) -> any Error {
    return Output.failure(.authUnusableCredentials, words)
  }
}
