using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Cards.Cryptography.Keys;
using Platform.Keys;
using Platform.Ledger.Seals;
using Platform.Settings;

namespace Platform.Cards.Operations;

/// <summary>
/// Chooses issuer profile and key vault by the settings. Without a setting, keys are kept in an encrypted file that is made at the first start. Only
/// the environments for trying things use the demonstration keys, which everybody can compute; everywhere else they refuse the start (PL-08.4).
/// </summary>
internal static class CardKeySetup
{
    private const string Demo = "demo";
    private const string InFile = "file";

    public static readonly IReadOnlyList<Setting> Settings =
    [
        new(
            "Cards:KeyVault",
            "demo in Development, Testing and Sandbox, else file",
            SettingForm.OneOf(InFile, Demo),
            "Where the cards' master keys are: in an encrypted file, or the demonstration keys that everybody knows.",
            "卡片主密钥的来源：加密文件（file），或公开的演示密钥（demo）。"
        ),
        new(
            "Cards:KeyVaultFile",
            "keys/cards.vault",
            SettingForm.Text,
            "The encrypted master keys; made at the first start. All processes need the same file.",
            "加密的主密钥文件，首次启动时生成；所有进程须使用同一文件。"
        ),
        new(
            "Cards:PassphraseFile",
            "passphrase/cards.passphrase",
            SettingForm.Text,
            "The passphrase that opens it; made at the first start. Keep it on another medium than the backup.",
            "打开密钥文件的口令文件，首次启动时生成；请与备份分开保存。"
        ),
        new(
            "Cards:Profile",
            "the demonstration issuer",
            SettingForm.Text,
            "File with the issuer's profile: files, key numbers and limits of the cards.",
            "发卡方配置文件：卡内文件、密钥编号和限额。"
        ),
    ];

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var environment = configuration[HostDefaults.EnvironmentKey] ?? Environments.Production;
        var trying = KnownEnvironments.IsForTrying(environment);
        var kind = configuration["Cards:KeyVault"] ?? (trying ? Demo : InFile);
        if (kind == Demo && !trying)
        {
            throw new StartRefusedException(
                $"Cards:KeyVault is 'demo' and the environment is {environment}: demonstration keys protect nothing. "
                    + "Set Cards:KeyVault to file, or leave it out.",
                $"当前环境为 {environment}，而 Cards:KeyVault 为 demo：演示密钥没有任何保护作用。请设为 file 或不设置。"
            );
        }

        var vault = Vault(kind, configuration);
        services.AddSingleton(new CardKeyRing(vault, Profile(configuration["Cards:Profile"])));
        var keys = new VaultKeys(vault);
        services.AddSingleton<IPurposeKeys>(keys);
        services.AddSingleton(new SealKey(keys));
        services.AddSingleton(new AnchorFile(AnchorFileOf(kind, configuration)));
    }

    /// <summary>
    /// Where seals are anchored: what <c>Audit:AnchorFile</c> says (empty for nowhere); without it beside the vault's file, where there is one.
    /// </summary>
    private static string? AnchorFileOf(string kind, IConfiguration configuration)
    {
        var file =
            configuration["Audit:AnchorFile"]
            ?? (kind == InFile ? Path.Combine(Path.GetDirectoryName(VaultFile(configuration)) ?? "", "seals.anchors") : null);
        return string.IsNullOrWhiteSpace(file) ? null : file;
    }

    private static string VaultFile(IConfiguration configuration) =>
        configuration["Cards:KeyVaultFile"] ?? Path.Combine("keys", "cards.vault");

    private static IKeyVault Vault(string kind, IConfiguration configuration)
    {
        if (kind == Demo)
        {
            return new DemoKeyVault();
        }

        if (kind != InFile)
        {
            throw new StartRefusedException(
                $"Cards:KeyVault is '{kind}'; set it to file or demo.",
                $"Cards:KeyVault 的值“{kind}”无效，应为 file 或 demo。"
            );
        }

        var file = VaultFile(configuration);
        try
        {
            return FileKeyVault.Open(file, configuration["Cards:PassphraseFile"] ?? Passphrase());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or System.Text.Json.JsonException)
        {
            throw new StartRefusedException(
                $"The card key vault cannot be opened: {e.Message} Check Cards:KeyVaultFile and Cards:PassphraseFile.",
                $"无法打开卡片密钥文件：{e.Message} 请检查 Cards:KeyVaultFile 和 Cards:PassphraseFile。"
            );
        }
    }

    /// <summary>
    /// Apart from the keys, so that a copy of one folder opens nothing. Where an earlier build made it beside them it stays.
    /// </summary>
    private static string Passphrase()
    {
        var before = Path.Combine("keys", "cards.passphrase");
        return File.Exists(before) ? before : Path.Combine("passphrase", "cards.passphrase");
    }

    private static IssuerProfile Profile(string? file)
    {
        if (file is null)
        {
            return IssuerProfile.Demo;
        }

        try
        {
            return IssuerProfile.Parse(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or System.Text.Json.JsonException)
        {
            throw new StartRefusedException(
                $"Cards:Profile names {file}, which cannot be used: {e.Message} Name an issuer profile, or leave it out.",
                $"Cards:Profile 指定的 {file} 无法使用：{e.Message} 请指定发卡方配置文件，或不设置。"
            );
        }
    }
}
