import Failures
import Testing

@testable import TLSEngine

@Suite("configurations") struct TLSContextTests {
  let certificates: TestCertificates

  init() throws { certificates = try TestCertificates() }

  func failure(_ configuration: TLSConfiguration) -> TLSConfigurationFailure? {
    do {
      _ = try TLSContext(configuration)
      return nil
    } catch {
      return error
    }
  }

  @Test("a server needs a certificate, and its own key")
  func identity() throws {
    let one = try certificates.identity()
    let other = try certificates.identity()
    var configuration = TLSConfiguration.server(identity: one)
    #expect(failure(configuration) == nil)
    configuration.identity = nil
    #expect(failure(configuration)?.name == .tlsConfigIdentity)
    configuration.identity = TLSIdentity(certificateFile: one.certificateFile, keyFile: other.keyFile)
    #expect(failure(configuration)?.name == .tlsConfigIdentity)
    configuration.identity = TLSIdentity(certificateFile: "/nowhere", keyFile: one.keyFile)
    #expect(failure(configuration)?.words.contains("/nowhere") == true)
  }

  @Test("an encrypted key is refused without a question on the terminal")
  func encryptedKey() throws {
    let one = try certificates.identity()
    let pem = """
      -----BEGIN EC PRIVATE KEY-----
      Proc-Type: 4,ENCRYPTED
      DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF

      AAAAAAAAAAAAAAAAAAAAAA==
      -----END EC PRIVATE KEY-----

      """
    let key = try certificates.directory.write("encrypted.key", Array(pem.utf8))
    let configuration = TLSConfiguration.server(
      identity: TLSIdentity(certificateFile: one.certificateFile, keyFile: key))
    #expect(failure(configuration)?.name == .tlsConfigIdentity)
  }

  @Test("what is trusted must be there")
  func trust() throws {
    let empty = try certificates.directory.write("empty.pem", [])
    #expect(failure(.client(trust: .file("/nowhere")))?.name == .tlsConfigTrust)
    #expect(failure(.client(trust: .file(empty)))?.name == .tlsConfigTrust)
    #expect(failure(.client(trust: .directory("/nowhere")))?.name == .tlsConfigTrust)
    #expect(failure(.client(trust: .directory(certificates.directory.path))) == nil)
    #expect(failure(.client(trust: .system)) == nil && failure(.client(trust: TLSTrust.none)) == nil)
  }

  @Test("empty ranges, unknown ciphers and unwritable logs are named")
  func settings() {
    var configuration = TLSConfiguration.client(trust: .none)
    configuration.minimumVersion = .tls13
    configuration.maximumVersion = .tls12
    #expect(failure(configuration)?.name == .tlsConfigVersions)
    configuration = .client(trust: .none)
    configuration.cipherList = "NOTHING"
    #expect(failure(configuration)?.name == .tlsConfigCiphers)
    configuration = .client(trust: .none)
    configuration.keyLogFile = "/nowhere/keys"
    #expect(failure(configuration)?.name == .tlsConfigKeyLog)
  }
}
