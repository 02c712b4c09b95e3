using System.Buffers.Binary;

namespace Simulation.Chip;

/// <summary>Money onto a chip by its own commands, with a key the test knows.</summary>
internal static class Purses
{
    internal const string Terminal = "000001000050";
    internal const string Time = "20140825103100";

    internal static string Initialize(Bench bench, ApplicationProfile application, uint amount) =>
        bench.Send($"805000{application.Purse:X2}0B01{amount:X8}{Terminal}10");

    internal static uint Mac2(Bench bench, ApplicationProfile application, string loadKey, uint amount, string initialised)
    {
        var cipher = CardCipher.Of(bench.Profile.Algorithm);
        var answer = Convert.FromHexString(initialised);
        var session = new byte[cipher.SessionKeyLength];
        var counter = BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(4));
        PurseCryptography.OnlineSession(cipher, Convert.FromHexString(loadKey), answer.AsSpan(8, 4), counter, session);
        return PurseCryptography.HostMac(
            cipher,
            session,
            amount,
            application.LoadType,
            Convert.FromHexString(Terminal),
            Convert.FromHexString(Time)
        );
    }

    internal static void Load(Bench bench, ApplicationProfile application, string loadKey, uint amount)
    {
        var initialised = Initialize(bench, application, amount);
        Assert.EndsWith("9000", initialised, StringComparison.Ordinal);
        bench.Ok($"805200000B{Time}{Mac2(bench, application, loadKey, amount, initialised):X8}04");
    }
}
