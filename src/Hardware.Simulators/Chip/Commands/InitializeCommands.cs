using System.Buffers.Binary;

namespace Hardware.Simulators.Chip.Commands;

/// <summary>80 50: what a load, an unload or a purchase begins with. It changes nothing but RAM.</summary>
internal static class InitializeCommands
{
    private const byte AmountAt = 1;
    private const byte TerminalAt = 5;

    internal static Answer Run(ChipContext chip, Apdu apdu)
    {
        if (chip.Session.Application is not { } application)
        {
            return StatusWord.NoCurrentFile;
        }

        (PendingKind Kind, KeyUsage Usage)? wanted = apdu.P1 switch
        {
            0x00 => (PendingKind.Load, KeyUsage.Load),
            0x05 when apdu.P2 == 1 => (PendingKind.Unload, KeyUsage.Unload),
            0x01 => (PendingKind.Purchase, KeyUsage.Purchase),
            _ => null,
        };
        if (wanted is not { } transaction || apdu.P2 != application.Profile.Purse)
        {
            return StatusWord.WrongParameters;
        }

        if (apdu.Data.Length != 11)
        {
            return StatusWord.WrongLength;
        }

        if (application.Key(transaction.Usage, apdu.Data[0]) is not { } key)
        {
            return StatusWord.NoSuchKey;
        }

        var amount = BinaryPrimitives.ReadUInt32BigEndian(apdu.Data.AsSpan(AmountAt));
        return Refuse(chip.Session, application, transaction.Kind, amount) is { } refused
            ? refused
            : Begin(chip, application, transaction.Kind, key, amount, apdu.Data[TerminalAt..]);
    }

    private static ushort? Refuse(ChipSession session, ChipApplication application, PendingKind kind, uint amount)
    {
        if (application.Grey is { State: 1 })
        {
            return StatusWord.ConditionsNotSatisfied;
        }

        if (!session.PinVerified)
        {
            return StatusWord.SecurityNotSatisfied;
        }

        var counter = kind == PendingKind.Purchase ? application.OfflineCounter : application.OnlineCounter;
        if (counter == ushort.MaxValue)
        {
            return StatusWord.CounterUsedUp;
        }

        if (kind != PendingKind.Load)
        {
            return amount > application.Balance ? StatusWord.TooLittleMoney : null;
        }

        var over = (ulong)application.Balance + amount > application.Profile.MaximumBalance;
        return over ? StatusWord.ConditionsNotSatisfied : null;
    }

    private static Answer Begin(ChipContext chip, ChipApplication application, PendingKind kind, ChipKey key, uint amount, byte[] terminal)
    {
        var random = chip.Random(4);
        var answer = new byte[kind == PendingKind.Purchase ? 15 : 16];
        BinaryPrimitives.WriteUInt32BigEndian(answer, application.Balance);
        if (kind == PendingKind.Purchase)
        {
            BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(4), application.OfflineCounter);
            (answer[9], answer[10]) = (key.Version, (byte)chip.State.Algorithm);
            random.CopyTo(answer, 11);
            chip.Session.Pending = new(kind, amount, terminal, random, key.Value, []);
            return Answer.Of(answer);
        }

        var session = new byte[chip.Cipher.SessionKeyLength];
        PurseCryptography.OnlineSession(chip.Cipher, key.Value, random, application.OnlineCounter, session);
        var type = kind == PendingKind.Load ? application.Profile.LoadType : application.Profile.UnloadType;
        var mac1 = PurseCryptography.OnlineMac1(chip.Cipher, session, application.Balance, amount, type, terminal);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(4), application.OnlineCounter);
        (answer[6], answer[7]) = (key.Version, (byte)chip.State.Algorithm);
        random.CopyTo(answer, 8);
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(12), mac1);
        chip.Session.Pending = new(kind, amount, terminal, random, key.Value, session);
        return Answer.Of(answer);
    }
}
