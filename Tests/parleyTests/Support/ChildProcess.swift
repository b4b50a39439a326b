import Glibc

/// A process started by a test, which ends with the last reference to it; it begins with no signal blocked, unlike the
/// threads that tests run on.
final class ChildProcess {
  private let pid: pid_t
  private var status: Int32?

  /// A program that could not be started.
  struct SpawnFailure: Error {
    let program: String
    let code: Int32
  }

  /// Starts a program, found on the search path unless its name has a slash.
  ///
  /// `input`, `output` and `errors` are paths; what is written is appended, so that two may be the same file.
  init(
    _ arguments: [String], environment: [String: String] = [:], input: String = "/dev/null", output: String,
    errors: String
  ) throws {
    let values = environment.map { "\($0)=\($1)" }
    var words = (["/usr/bin/env"] + values + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    var attributes = Self.cleanSignals()
    defer { posix_spawnattr_destroy(&attributes) }
    var started = pid_t()
    let code = posix_spawn(&started, "/usr/bin/env", &actions, &attributes, words, environ)
    guard code == 0 else { throw SpawnFailure(program: arguments.first ?? "", code: code) }
    pid = started
  }

  deinit { terminate() }

  private static func cleanSignals() -> posix_spawnattr_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    return attributes
  }

  /// The exit status, or 128 and the number of the signal that ended the process; nil while it runs.
  func exitStatus() -> Int32? {
    guard status == nil else { return status }
    var raw: Int32 = 0
    guard waitpid(pid, &raw, WNOHANG) == pid else { return nil }
    let signal = raw & 0x7F
    status = signal == 0 ? (raw >> 8) & 0xFF : 128 + signal
    return status
  }

  /// Waits for the end; after `limit` seconds the process is killed.
  func wait(limit: Double) -> Int32 {
    if !eventually(within: limit, { exitStatus() != nil }) { kill(pid, SIGKILL) }
    while exitStatus() == nil { usleep(1_000) }
    return status ?? -1
  }

  /// Asks the process to end and waits until it has.
  func terminate() {
    if exitStatus() == nil { kill(pid, SIGTERM) }
    _ = wait(limit: 10)
  }
}
