import Glibc

/// What other users of the machine can do with a file that holds keys or a recording.
package enum ExposedFile {
  /// Opens a file for writing, made with mode 0600 where there is none; a negative number and `errno` on failure.
  ///
  /// A symbolic link that others can change is not followed (ELOOP).
  package static func open(_ path: String, _ flags: Int32) -> Int32 {
    if isForeignLink(path) {
      errno = ELOOP
      return -1
    }
    return Glibc.open(path, flags | O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
  }

  /// Whether others can read a regular file that exists already.
  package static func isReadableByOthers(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_mode & 0o044 != 0
  }

  /// Whether a path is a link of another user, or stands in a folder in which others can replace it.
  private static func isForeignLink(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return false }
    if status.st_uid != geteuid(), status.st_uid != 0 { return true }
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(path[...$0]) } ?? "."
    guard stat(folder, &status) == 0 else { return true }
    // In a folder with the sticky bit only the owner replaces a file.
    return status.st_mode & 0o022 != 0 && status.st_mode & S_ISVTX == 0
  }
}
