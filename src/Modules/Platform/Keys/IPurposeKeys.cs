namespace Platform.Keys;

/// <summary>The platform's own keys, from where its keys are kept: each is of one purpose alone, such as sealing records.</summary>
public interface IPurposeKeys
{
    /// <summary>Length of a key, in bytes.</summary>
    const int Length = 32;

    /// <summary>Writes the key of a purpose into <paramref name="key"/>, which is used and wiped.</summary>
    /// <exception cref="KeyNotFoundException">There is no such key.</exception>
    void Read(string purpose, Span<byte> key);
}
