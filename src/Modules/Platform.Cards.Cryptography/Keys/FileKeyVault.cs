using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Cards.Cryptography.Profiles;

namespace Platform.Cards.Cryptography.Keys;

/// <summary>
/// Master keys from one random root in a file, encrypted at rest (AES-256-GCM under a key stretched from a passphrase by PBKDF2-SHA256). Each master
/// key is the root's HKDF-SHA256 for its issuer, application, usage and version; keys of other purposes come from the root with a salt of their
/// own. All processes of an installation share the two files; who has both has all keys, so the passphrase belongs on another medium than the
/// backup.
/// </summary>
public sealed class FileKeyVault : IKeyVault, IDisposable
{
    private const int Iterations = 600_000;
    private const int RootLength = 32;
    private const int SaltLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _root;

    private FileKeyVault(byte[] root) => _root = root;

    /// <summary>Opens a vault; makes file and passphrase (readable by the owner alone) where neither is there.</summary>
    /// <exception cref="InvalidDataException">One of the two is missing, or they do not belong together.</exception>
    public static FileKeyVault Open(string file, string passphraseFile)
    {
        if (!File.Exists(file) && !File.Exists(passphraseFile))
        {
            Create(file, passphraseFile);
        }

        if (!File.Exists(file) || !File.Exists(passphraseFile))
        {
            throw new InvalidDataException($"Of the key vault's two files, {file} and {passphraseFile}, one is missing.");
        }

        var sealed_ = JsonSerializer.Deserialize<Sealed>(File.ReadAllText(file)) ?? throw new InvalidDataException($"{file} is empty.");
        var root = new byte[RootLength];
        try
        {
            using var aes = new AesGcm(Stretch(File.ReadAllText(passphraseFile).Trim(), sealed_.Salt, sealed_.Iterations), TagLength);
            aes.Decrypt(sealed_.Nonce, sealed_.Root, sealed_.Tag, root);
        }
        catch (CryptographicException e)
        {
            throw new InvalidDataException($"The passphrase in {passphraseFile} does not open {file}.", e);
        }

        return new FileKeyVault(root);
    }

    /// <inheritdoc/>
    public void ReadMasterKey(string issuer, CardApplication application, KeyUsage usage, byte version, Span<byte> key) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            _root,
            key[..CardCipher.KeyLength],
            [],
            Encoding.UTF8.GetBytes($"{issuer}|{application}|{usage}|{version}")
        );

    /// <inheritdoc/>
    // The salt sets these keys apart from every master key, whatever an issuer is called.
    public void ReadPurposeKey(string purpose, Span<byte> key) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            _root,
            key[..IKeyVault.PurposeKeyLength],
            Encoding.UTF8.GetBytes(purpose),
            "purpose key"u8
        );

    public void Dispose() => CryptographicOperations.ZeroMemory(_root);

    private static void Create(string file, string passphraseFile)
    {
        foreach (var path in new[] { file, passphraseFile })
        {
            CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }

        var passphrase = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var nonce = RandomNumberGenerator.GetBytes(NonceLength);
        var root = RandomNumberGenerator.GetBytes(RootLength);
        var encrypted = new byte[RootLength];
        var tag = new byte[TagLength];
        using (var aes = new AesGcm(Stretch(passphrase, salt, Iterations), TagLength))
        {
            aes.Encrypt(nonce, root, encrypted, tag);
        }

        CryptographicOperations.ZeroMemory(root);
        WriteNew(passphraseFile, passphrase);
        WriteNew(file, JsonSerializer.Serialize(new Sealed(Iterations, salt, nonce, tag, encrypted)));
    }

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static byte[] Stretch(string passphrase, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, HashAlgorithmName.SHA256, RootLength);

    // Made new or not at all: two processes that start at once must not each leave half of a vault.
    private static void WriteNew(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(path, options);
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }

    private sealed record Sealed(int Iterations, byte[] Salt, byte[] Nonce, byte[] Tag, byte[] Root);
}
