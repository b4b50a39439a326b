import Foundation

/// A directory that is removed with the last reference to it.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "parley-tests." + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
    return path + "/" + name
  }

  /// A file's text, damaged octets replaced; empty when there is no such file.
  func text(_ name: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path + "/" + name) ?? Data(), as: UTF8.self)
  }
}

/// All regular files below a directory, with what they hold.
func filesBelow(_ directory: String) -> [(path: String, text: String)] {
  let names = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
  return names.compactMap { name in
    let path = directory + "/" + name
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else {
      return nil
    }
    return FileManager.default.contents(atPath: path).map { (path, String(decoding: $0, as: UTF8.self)) }
  }
}

/// Asks again, until the answer is yes or the time, in seconds, is over; whether it was yes.
func eventually(within limit: Double = 10, _ isTrue: () -> Bool) -> Bool {
  let end = ContinuousClock.now + .seconds(limit)
  while !isTrue() {
    guard ContinuousClock.now < end else { return false }
    usleep(5_000)
  }
  return true
}
