import Glibc

/// Runs the user's editor on a text.
package enum EditorRunner {
  private static let maximumOctets = 64 << 20

  /// The text as the editor left it; nil when it could not be run or did not end well.
  ///
  /// The terminal must have been given back: see `CursesTerminal.lend`. The file is readable to its owner alone and is
  /// gone afterwards.
  package static func edit(_ text: [UInt8], suffix: String = ".txt") -> [UInt8]? {
    let directory = getenv("XDG_RUNTIME_DIR") ?? getenv("TMPDIR")
    let base = directory.map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/parley-XXXXXX\(suffix)".utf8CString)
    let file = mkstemps(&template, Int32(suffix.utf8.count))
    guard file >= 0 else { return nil }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    let isWritten = write(text, to: file)
    close(file)
    guard isWritten, run(on: path) else { return nil }
    return read(path)
  }

  private static func run(on path: String) -> Bool {
    // The variable may hold arguments and quotes, so the shell takes it apart.
    let words = ["sh", "-c", #"eval "exec ${VISUAL:-${EDITOR:-vi}} \"\$1\"""#, "sh", path]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    var process: pid_t = 0
    guard posix_spawn(&process, "/bin/sh", nil, nil, arguments, environ) == 0 else { return false }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      if errno != EINTR { return false }
    }
    return status == 0
  }

  private static func write(_ octets: [UInt8], to file: Int32) -> Bool {
    var done = 0
    while done < octets.count {
      let count = octets[done...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      done += count
    }
    return true
  }

  private static func read(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var octets: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while octets.count < maximumOctets {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return nil }
      if count == 0 { break }
      octets += buffer[..<count]
    }
    return octets
  }
}
