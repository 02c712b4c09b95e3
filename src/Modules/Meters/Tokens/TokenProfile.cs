using System.Security.Cryptography;
using System.Text;
using Meters.Accounts;
using Meters.Cards;
using Meters.Carriers.Sts;
using Microsoft.Extensions.Configuration;
using Platform;
using Platform.Settings;

namespace Meters.Tokens;

/// <summary>No tables of real meters are there, or they do not reproduce the public compliance tokens: no token is sold for a real meter.</summary>
public sealed record TokenTablesMissing()
    : Refusal(
        "meter-token-tables-missing",
        409,
        "Tokens for real meters need the licensee's tables, and these must pass the self-test. Set Meters:StsTables.",
        "真实表的令牌需要授权方的算法表且自检通过，请设置 Meters:StsTables。"
    );

/// <summary>
/// The tables and keys of tokens. Without a licensee's tables there are the sample ones, which serve simulated meters alone. A vending key is derived
/// from the vault by supply group.
/// </summary>
internal sealed class TokenProfile
{
    public const string TablesSetting = "Meters:StsTables";
    private const string Purpose = "sts vending key";

    private readonly MeterVault _vault;
    private readonly StsTables? _licensed;

    public TokenProfile(MeterVault vault, IConfiguration configuration)
    {
        _vault = vault;
        var file = configuration[TablesSetting];
        _licensed = string.IsNullOrWhiteSpace(file) ? null : Read(file);
        PassedSelfTest = _licensed is { ReproduceComplianceTokens: true };
    }

    /// <summary>Do the licensee's tables reproduce the public compliance tokens?</summary>
    public bool PassedSelfTest { get; }

    public static readonly IReadOnlyList<Setting> Settings =
    [
        new(
            TablesSetting,
            "none",
            SettingForm.Text,
            "The file of a licensee's tables for tokens (STS); without it tokens are sold for simulated meters only.",
            "授权方 STS 令牌算法表文件；不设置时仅可为模拟表售令牌。"
        ),
    ];

    /// <summary>The tables for an account's meters.</summary>
    public Outcome<StsTables> Tables(MeterAccount account) =>
        account.IsTraining ? StsTables.Sample
        : PassedSelfTest ? _licensed!
        : new TokenTablesMissing();

    /// <summary>The decoder key of a meter.</summary>
    public ulong Key(StsMeter meter, StsBaseDate baseDate)
    {
        Span<byte> key = stackalloc byte[32];
        try
        {
            _vault.Read($"{Purpose} {meter.SupplyGroup}", key);
            return StsKeys.Dkga04(key[..StsKeys.Dkga04Length], meter, baseDate);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static StsTables Read(string file)
    {
        try
        {
            return StsTables.Parse(File.ReadAllText(file, Encoding.UTF8));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new StartRefusedException(
                $"{TablesSetting} names {file}, which cannot be used: {e.Message} Name a file of tables, or leave it out.",
                $"{TablesSetting} 指定的 {file} 无法使用：{e.Message} 请指定算法表文件，或不设置。"
            );
        }
    }
}
