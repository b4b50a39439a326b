import Glibc
import MTACore
import Synchronization

/// Puts messages into mailboxes, each a Maildir: `tmp`, then `new`.
///
/// When `deliver` returns, the disk has the message and its directory entry.
struct MaildirWriter: Sendable {
  /// The directory above the mailboxes.
  let root: String
  private let host: String
  private static let counter = Atomic<UInt64>(0)

  /// Makes a writer below a directory; the host's name becomes part of the files' names.
  init(root: String, host: String) {
    self.root = root
    self.host = String(host.map { $0 == "/" || $0 == ":" ? "_" : $0 })
  }

  /// Puts a message of some pieces into a mailbox and returns the file.
  func deliver(_ pieces: [[UInt8]], to mailbox: String, at time: MTATime) throws(FileFailure) -> String {
    let directory = "\(root)/\(mailbox)"
    for part in ["tmp", "new", "cur"] { try FileSystem.makeDirectory("\(directory)/\(part)") }
    let number = Self.counter.add(1, ordering: .relaxed).newValue
    let name = "\(time.seconds).M\(time.microseconds)P\(getpid())Q\(number).\(host)"
    let temporary = "\(directory)/tmp/\(name)"
    let final = "\(directory)/new/\(name)"
    try FileSystem.write(pieces, to: temporary)
    guard rename(temporary, final) == 0 else {
      let failure = FileFailure("store", final)
      unlink(temporary)
      throw failure
    }
    try FileSystem.sync(directory: "\(directory)/new")
    return final
  }
}
