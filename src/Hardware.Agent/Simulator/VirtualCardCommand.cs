using System.Globalization;
using System.Net.Sockets;
using Hardware.Simulators.Chip;
using Hardware.Simulators.Readers;
using Platform.Cards.Cryptography.Profiles;

namespace Hardware.Agent.Simulator;

/// <summary>
/// <c>Hardware.Agent virtual-card vpcd://HOST:PORT FILE</c>: a person with a virtual card at a virtual reader of the PC/SC service, for training and
/// demonstration. The card is kept in the file; what the person does comes line by line on the input.
/// </summary>
internal sealed class VirtualCardCommand(VpcdCard hand, VirtualChip chip, TextWriter output)
{
    internal const string Verb = "virtual-card";

    private const string Usage = "Usage: Hardware.Agent virtual-card vpcd://127.0.0.1:35963 FILE [ISSUER-PROFILE]";
    private const string Lines = "insert, remove, replug, tear-before N, tear-after N, silent-before N, silent-after N, quit";

    /// <exception cref="SettingsException">The command line cannot be understood, or the card not be read.</exception>
    internal static async Task<int> Run(string[] args, TextReader input, TextWriter output)
    {
        if (
            args is not [_, var address, var file, ..]
            || args.Length > 4
            || !Uri.TryCreate(address, UriKind.Absolute, out var reader)
            || reader.Scheme != "vpcd"
        )
        {
            throw new SettingsException([Usage]);
        }

        var chip = Chip(file, args.ElementAtOrDefault(3));
        await using var hand = new VpcdCard(reader.Host, reader.Port > 0 ? reader.Port : VpcdCard.FirstPort);
        hand.Gone = () => output.WriteLine("The card is out.");
        var command = new VirtualCardCommand(hand, chip, output);
        await output.WriteLineAsync($"Card {chip.ChipSerial} of {file}. Lines: {Lines}.");
        await command.Do("insert");
        while (await input.ReadLineAsync() is { } line && await command.Do(line.Trim())) { }
        return 0;
    }

    private async Task<bool> Do(string line)
    {
        try
        {
            switch (line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                case []:
                    return true;
                case ["quit"]:
                    return false;
                case ["insert"]:
                    await hand.Insert(chip);
                    await output.WriteLineAsync("The card is in.");
                    return true;
                case ["remove"]:
                    await output.WriteLineAsync(await hand.Remove() ? "The card is out." : "There was no card.");
                    return true;
                case ["replug"]:
                    await hand.Replug();
                    return true;
                case [var word, var number]
                    when Fault(word) is { } fault
                        && int.TryParse(number, CultureInfo.InvariantCulture, out var at)
                        && at is >= 1 and <= 1000:
                    hand.Arrange(fault, at);
                    return true;
                default:
                    await output.WriteLineAsync($"Not understood. Lines: {Lines}.");
                    return true;
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            await output.WriteLineAsync($"That did not work: {e.Message}");
            return true;
        }
    }

    private static CardFaultKind? Fault(string word) =>
        word switch
        {
            "tear-before" => CardFaultKind.TearBefore,
            "tear-after" => CardFaultKind.TearAfter,
            "silent-before" => CardFaultKind.SilentBefore,
            "silent-after" => CardFaultKind.SilentAfter,
            _ => null,
        };

    /// <summary>The card in the file, or a new blank one.</summary>
    private static VirtualChip Chip(string file, string? profileFile)
    {
        var options = new ChipOptions { File = Path.GetFullPath(file), TransmissionProtocol0 = true };
        try
        {
            var profile = profileFile is null ? IssuerProfile.Demo : IssuerProfile.Parse(File.ReadAllText(profileFile));
            return File.Exists(file) ? VirtualChip.Load(file, options) : VirtualChip.CreateBlank(profile, options);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or System.Text.Json.JsonException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"The card in '{file}' cannot be read: {e.Message}"]);
        }
    }
}
