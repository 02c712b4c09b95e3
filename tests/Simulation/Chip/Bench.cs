using System.Buffers.Binary;

namespace Simulation.Chip;

/// <summary>A chip on the workbench: sends hex, answers hex, and personalises the chip by its own commands.</summary>
internal sealed class Bench
{
    private readonly CardCipher cipher;
    private byte[]? nextRandom;

    internal Bench(IssuerProfile profile, bool protocol0 = false, string? file = null)
    {
        Profile = profile;
        cipher = CardCipher.Of(profile.Algorithm);
        Chip = VirtualChip.CreateBlank(
            profile,
            new()
            {
                Random = Fill,
                TransmissionProtocol0 = protocol0,
                File = file,
            }
        );
        Chip.PowerOn();
    }

    internal IssuerProfile Profile { get; }

    internal VirtualChip Chip { get; }

    /// <summary>The card's next random number.</summary>
    internal void NextRandom(string hex) => nextRandom = Convert.FromHexString(hex);

    internal string Send(string apdu) =>
        Convert.ToHexString(Chip.Transmit(Convert.FromHexString(apdu.Replace(" ", "", StringComparison.Ordinal))));

    internal string Ok(string apdu)
    {
        var answer = Send(apdu);
        Assert.True(answer.EndsWith("9000", StringComparison.Ordinal), $"{apdu} answered {answer}");
        return answer[..^4];
    }

    internal void Select(ApplicationProfile application) => Ok($"00A40400{application.Aid.Length / 2:X2}{application.Aid}");

    internal void AuthenticateControl(ApplicationProfile application, string key)
    {
        var challenge = Ok("0084000004");
        var answer = new byte[8];
        cipher.Authenticate(Convert.FromHexString(key), Convert.FromHexString(challenge), answer);
        Ok($"008200{application.Key(KeyUsage.Control).Index:X2}08{Convert.ToHexString(answer)}");
    }

    /// <summary>Writes a key under the transport key; the application is selected and authenticated.</summary>
    internal void WriteKey(ApplicationProfile application, KeyUsage usage, string key)
    {
        var slot = application.Key(usage);
        byte[] field = [slot.Version, (byte)Profile.Algorithm, 0x33, 0x00, .. Convert.FromHexString(key)];
        var control = Convert.FromHexString(Profile.TransportKey);
        var challenge = Convert.FromHexString(Ok("0084000004"));
        Ok(
            Hex(SecureMessaging.Protect(cipher, control, challenge, 0x84, 0xD4, slot.Type, slot.Index, cipher.EncryptField(control, field)))
        );
    }

    internal string Protected(string key, string header, string data = "")
    {
        var challenge = Convert.FromHexString(Ok("0084000004"));
        var h = Convert.FromHexString(header);
        return Hex(
            SecureMessaging.Protect(cipher, Convert.FromHexString(key), challenge, h[0], h[1], h[2], h[3], Convert.FromHexString(data))
        );
    }

    internal void SetPin(string pin)
    {
        var mac = cipher.Tac(Convert.FromHexString(Profile.TransportKey), Convert.FromHexString(pin));
        Ok($"805E0000{(pin.Length / 2) + 4:X2}{pin}{mac:X8}");
    }

    internal static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);

    private void Fill(Span<byte> destination)
    {
        if (nextRandom is { } given && given.Length == destination.Length)
        {
            given.CopyTo(destination);
            nextRandom = null;
            return;
        }

        destination.Clear();
        BinaryPrimitives.WriteInt32BigEndian(destination, Random.Shared.Next());
    }
}
