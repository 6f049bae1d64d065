import HTTPTransport
import Synchronization

/// The API key of the environment. It is taken out of it when the process starts, before any library looks at the
/// environment: some copy all of it, and what they copy is not wiped.
enum EnvironmentKey {
  static let variable = "ATLASSIAN_ADMIN_API_KEY"

  private static let key = Mutex<Result<Secret, SecretError>?>(nil)

  /// Takes the key out of the environment; to be called before other threads use it.
  static func load() {
    do throws(SecretError) {
      guard let secret = try Secret.takeFromEnvironment(variable) else { return }
      key.withLock { $0 = .success(secret) }
    } catch {
      key.withLock { $0 = .failure(error) }
    }
  }

  /// Hands the key to whoever asks first; nil when the environment had none.
  static func take() throws(SecretError) -> Secret? {
    let taken = key.withLock { key in
      defer { key = nil }
      return key
    }
    return try taken?.get()
  }

  /// Wipes the key if nobody asked for it.
  static func discard() { key.withLock { $0 = nil } }
}
