import Glibc

/// What the system said no to.
struct FileFailure: Error, Hashable, Sendable {
  let operation: String
  let path: String
  let code: Int32

  init(_ operation: String, _ path: String) {
    self.operation = operation
    self.path = path
    code = errno
  }

  var words: String { "cannot \(operation) \(path): \(String(cString: strerror(code)))" }
}

/// Files that are on the disk when the call returns.
enum FileSystem {
  /// Makes a directory and what is missing above it, for nobody but the user.
  static func makeDirectory(_ path: String) throws(FileFailure) {
    if mkdir(path, 0o700) == 0 { return syncParent(of: path) }
    if errno == EEXIST { return }
    guard errno == ENOENT, let parent = parent(of: path) else { throw FileFailure("make the directory", path) }
    try makeDirectory(parent)
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileFailure("make the directory", path) }
    syncParent(of: path)
  }

  /// Writes a new file of some pieces and waits until the disk has it.
  static func write(_ pieces: [[UInt8]], to path: String) throws(FileFailure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileFailure("create", path) }
    var isGood = true
    for piece in pieces where isGood { isGood = writeAll(piece, to: descriptor) }
    isGood = isGood && fsync(descriptor) == 0
    let failure = FileFailure("write", path)
    close(descriptor)
    guard isGood else {
      unlink(path)
      throw failure
    }
  }

  /// Waits until the disk has a directory's entries.
  static func sync(directory path: String) throws(FileFailure) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure("open", path) }
    let isGood = fsync(descriptor) == 0
    let failure = FileFailure("sync", path)
    close(descriptor)
    guard isGood else { throw failure }
  }

  /// Replaces a file as a whole: whoever reads it sees the old one or the new one.
  static func replace(_ path: String, with text: String) throws(FileFailure) {
    let temporary = "\(path).\(getpid()).tmp"
    unlink(temporary)
    try write([Array(text.utf8)], to: temporary)
    guard rename(temporary, path) == 0 else { throw FileFailure("replace", path) }
  }

  /// Writes everything; false when the system refuses.
  static func writeAll(_ octets: [UInt8], to descriptor: Int32) -> Bool {
    var rest = octets[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func parent(of path: String) -> String? {
    path.lastIndex(of: "/").map { String(path[..<$0]) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func syncParent(of path: String) {
    if let parent = parent(of: path) { try? sync(directory: parent) }
  }
}
