import Failures
import Glibc
import SMTPClient

/// Why no credentials can be had; it ends a command with the status that its name has.
struct CredentialFailure: Error, Equatable {
  let name: FailureName
  let words: String
  /// Given where it is another one than the name's.
  var status: ExitStatus?

  static func missing(_ words: String, _ status: ExitStatus? = nil) -> Self {
    CredentialFailure(name: .authNoCredentials, words: words, status: status)
  }
}

/// A small file that may hold a secret: its octets, and who else can get at it.
struct SecretFile {
  /// Nobody's credentials are longer.
  private static let bound = 1 << 20

  let path: String
  let octets: [UInt8]
  private let mode: mode_t

  /// Reads a file; nil where there is none.
  init?(_ path: String) throws(CredentialFailure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT || errno == ENOTDIR { return nil }
    guard descriptor >= 0 else { throw Self.unreadable(path) }
    defer { close(descriptor) }
    try self.init(descriptor, path)
  }

  /// Reads a descriptor that is already open to its end.
  init(_ descriptor: Int32, _ name: String) throws(CredentialFailure) {
    SecretGuard.arm()
    path = name
    var status = stat()
    // Only a file has others who can open it: a pipe or a terminal is ours.
    mode = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? status.st_mode : 0
    var octets: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.unreadable(name) }
      if count == 0 { break }
      octets += block[..<count]
      guard octets.count <= Self.bound else {
        throw CredentialFailure(name: .fileUnreadable, words: "\(name): larger than 1 MiB")
      }
    }
    self.octets = octets
  }

  /// Refuses a file with a secret in it that somebody else can read.
  func requirePrivate(_ failure: FailureName) throws(CredentialFailure) {
    guard mode & 0o077 != 0 else { return }
    throw CredentialFailure(
      name: failure, words: "\(path) holds a password and can be read by others; say chmod 600 \(path)")
  }

  /// Refuses a file that names a command and that somebody else can change.
  func requireUnchanged(_ failure: FailureName) throws(CredentialFailure) {
    guard mode & 0o022 != 0 else { return }
    throw CredentialFailure(
      name: failure, words: "\(path) names a command and can be changed by others; say chmod 600 \(path)")
  }

  private static func unreadable(_ name: String) -> CredentialFailure {
    CredentialFailure(
      name: .fileUnreadable, words: "\(name): \(String(cString: strerror(errno)))")
  }
}
