using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.CardCryptography.Keys;
using Platform.CardCryptography.Profiles;

namespace Platform.CardOperations;

/// <summary>
/// Chooses issuer profile and key vault by the settings. Without a setting, Production keeps its keys in an encrypted file that it makes at the
/// first start, and everything else uses the demonstration keys, which everybody can compute and which refuse to start in Production (PL-08.4).
/// </summary>
internal static class CardKeySetup
{
    private const string Demo = "demo";
    private const string InFile = "file";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var environment = configuration[HostDefaults.EnvironmentKey] ?? Environments.Production;
        var production = string.Equals(environment, Environments.Production, StringComparison.OrdinalIgnoreCase);
        var kind = configuration["Cards:KeyVault"] ?? (production ? InFile : Demo);
        if (kind == Demo && production)
        {
            throw new StartRefusedException(
                "Cards:KeyVault is 'demo' and the environment is Production: demonstration keys protect nothing. Set Cards:KeyVault to file, or leave it out."
            );
        }

        services.AddSingleton(new CardKeyRing(Vault(kind, configuration), Profile(configuration["Cards:Profile"])));
    }

    private static IKeyVault Vault(string kind, IConfiguration configuration)
    {
        if (kind == Demo)
        {
            return new DemoKeyVault();
        }

        if (kind != InFile)
        {
            throw new StartRefusedException($"Cards:KeyVault is '{kind}'; set it to file or demo.");
        }

        var file = configuration["Cards:KeyVaultFile"] ?? Path.Combine("keys", "cards.vault");
        try
        {
            return FileKeyVault.Open(file, configuration["Cards:PassphraseFile"] ?? Path.Combine("keys", "cards.passphrase"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or System.Text.Json.JsonException)
        {
            throw new StartRefusedException(
                $"The card key vault cannot be opened: {e.Message} Check Cards:KeyVaultFile and Cards:PassphraseFile."
            );
        }
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
            throw new StartRefusedException($"Cards:Profile names {file}, which cannot be used: {e.Message}");
        }
    }
}
