using System.Security.Cryptography;
using Platform.Cards.Cryptography.Keys;
using Platform.Cards.Scripts;

namespace Platform.Cards.Operations;

/// <summary>The issuer's profile and keys that this process works with.</summary>
public sealed class CardKeyRing(IKeyVault vault, IssuerProfile profile)
{
    /// <summary>China has one time zone; cards carry it.</summary>
    public static readonly TimeSpan ChinaTime = TimeSpan.FromHours(8);

    public IssuerProfile Profile => profile;

    public CardKeys Keys { get; } = new(vault, profile);

    public ScriptContext Context(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new ScriptContext(
            Keys,
            clock.GetUtcNow().ToOffset(ChinaTime).DateTime,
            Convert.ToHexString(RandomNumberGenerator.GetBytes(8))
        );
    }
}
