using Platform.Cards.Cryptography;

namespace Platform.Cards.Scripts;

/// <summary>
/// The plain commands of the scripts, as hex. Commands that send and receive data carry no Le: on T=0 the card answers 61xx and the
/// agent fetches the data.
/// </summary>
internal static class CardApdus
{
    internal const string GetChallenge = "0084000004";
    internal const string GetLockProof = "E0CA00001E";

    internal static string Select(ApplicationProfile application) => $"00A40400{application.Aid.Length / 2:X2}{application.Aid}";

    internal static string SelectMaster(IssuerProfile profile) => $"00A4000002{profile.MasterFileId}";

    internal static string Read(byte shortFileId, int length) => $"00B0{0x80 | shortFileId:X2}00{length:X2}";

    internal static string ReadPublic(ApplicationProfile application) => Read(application.PublicFile, PublicFile.Size);

    internal static string ReadLog(ApplicationProfile application, int record) =>
        $"00B2{record:X2}{(application.LogFile << 3) | 4:X2}{LogRecord.Size:X2}";

    internal static string Verify(string pin) => $"00200000{pin.Length / 2:X2}{pin}";

    internal static string GetBalance(ApplicationProfile application) => $"805C00{application.Purse:X2}04";

    internal static string InitializeLoad(ApplicationProfile application, uint amount, string terminal) =>
        $"805000{application.Purse:X2}0B{application.Key(KeyUsage.Load).Index:X2}{amount:X8}{terminal}";

    internal static string InitializeUnload(ApplicationProfile application, uint amount, string terminal) =>
        $"805005{application.Purse:X2}0B{application.Key(KeyUsage.Unload).Index:X2}{amount:X8}{terminal}";

    internal static string GetProof(byte type, int counterAfter) => $"805A00{type:X2}02{counterAfter:X4}";

    internal static string ExternalAuthenticate(byte keyIndex, ReadOnlySpan<byte> answer) =>
        $"008200{keyIndex:X2}08{Convert.ToHexString(answer)}";

    internal static string InternalAuthenticate(ApplicationProfile application, string challenge) =>
        $"008800{application.Key(KeyUsage.InternalAuthentication).Index:X2}08{challenge}";

    internal static string ReloadPin(string pin, uint mac) => $"805E0000{(pin.Length / 2) + SecureMessaging.MacLength:X2}{pin}{mac:X8}";
}
