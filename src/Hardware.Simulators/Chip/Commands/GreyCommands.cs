using System.Buffers.Binary;

namespace Hardware.Simulators.Chip.Commands;

/// <summary>The lock that a dispenser puts on a card for the time of a fill (CLA E0).</summary>
internal static class GreyCommands
{
    internal const byte Locked = 0x01;
    internal const byte TacUnread = 0x10;
    internal const byte OnlineUnlock = 0x09;

    internal static Answer GetLockProof(ChipContext chip, Apdu apdu)
    {
        _ = apdu;
        if (Application(chip) is not { } application)
        {
            return StatusWord.UnknownInstruction;
        }

        if (application.Grey is not { } grey)
        {
            var normal = new byte[30];
            normal[2] = application.Profile.Purse;
            PurseCommands.Bytes(application.Balance).CopyTo(normal, 3);
            BinaryPrimitives.WriteUInt16BigEndian(normal.AsSpan(7), application.OfflineCounter);
            return Answer.Of(normal);
        }

        var counter = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(counter, grey.OfflineCounter);
        byte[] proof =
        [
            grey.State,
            application.Profile.PurchaseType,
            application.Profile.Purse,
            .. PurseCommands.Bytes(grey.Balance),
            .. counter,
            .. grey.Terminal,
            .. grey.Time,
            .. PurseCommands.Bytes(grey.Mac),
            .. PurseCommands.Bytes(grey.Tac),
        ];

        // Reading the proof is how a terminal takes note of the TAC; P1 = 01 says that it has.
        return grey.State == TacUnread && apdu.P1 == 1 ? Answer.Of(proof, () => application.Grey = null) : Answer.Of(proof);
    }

    internal static Answer Initialize(ChipContext chip, Apdu apdu)
    {
        if (Application(chip) is not { } application)
        {
            return StatusWord.UnknownInstruction;
        }

        var online = apdu.P1 == OnlineUnlock;
        if (apdu.P1 is not (0x08 or OnlineUnlock) || apdu.P2 != application.Profile.Purse)
        {
            return StatusWord.WrongParameters;
        }

        if (apdu.Data.Length != 7)
        {
            return StatusWord.WrongLength;
        }

        if (application.Key(online ? KeyUsage.GreyUnlock : KeyUsage.Purchase, apdu.Data[0]) is not { } key)
        {
            return StatusWord.NoSuchKey;
        }

        if (online != (application.Grey is { State: Locked }))
        {
            return StatusWord.ConditionsNotSatisfied;
        }

        return online
            ? GreyUnlockCommands.Begin(chip, application, key, apdu.Data[1..])
            : BeginLock(chip, application, key, apdu.Data[1..]);
    }

    internal static Answer Lock(ChipContext chip, Apdu apdu, Pending? pending)
    {
        if (Application(chip) is not { } application || pending?.Kind != PendingKind.GreyLock)
        {
            return StatusWord.NotInitialised;
        }

        if (apdu.Data.Length != 19)
        {
            return StatusWord.WrongLength;
        }

        var number = BinaryPrimitives.ReadUInt32BigEndian(apdu.Data);
        var time = apdu.Data[8..15];
        var session = new byte[chip.Cipher.SessionKeyLength];
        PurseCryptography.OfflineSession(chip.Cipher, pending.Key, pending.Random, application.OfflineCounter, number, session);
        var terminalRandom = apdu.Data.AsSpan(4, 4);
        var mac1 = GreyCryptography.LockMac1(chip.Cipher, session, pending.Terminal, terminalRandom, time);
        if (mac1 != BinaryPrimitives.ReadUInt32BigEndian(apdu.Data.AsSpan(15)))
        {
            return PurseCommands.WrongMac(application);
        }

        var after = (ushort)(application.OfflineCounter + 1);
        var tacKey = application.Key(KeyUsage.Tac)!.Value;
        var tac = GreyCryptography.LockTac(chip.Cipher, tacKey, application.Balance, after, pending.Terminal, number, time);
        var mac2 = GreyCryptography.LockMac2(chip.Cipher, session, application.Balance, after, terminalRandom);
        var grey = new GreyRecord(Locked, application.Balance, after, pending.Terminal, number, time, mac2, tac, session);
        return Answer.Of(
            [.. PurseCommands.Bytes(tac), .. PurseCommands.Bytes(mac2)],
            () => (application.OfflineCounter, application.Grey, application.WrongMacs) = (after, grey, 0)
        );
    }

    private static Answer BeginLock(ChipContext chip, ChipApplication application, ChipKey key, byte[] terminal)
    {
        if (!chip.Session.PinVerified)
        {
            return StatusWord.SecurityNotSatisfied;
        }

        if (application.OfflineCounter == ushort.MaxValue)
        {
            return StatusWord.CounterUsedUp;
        }

        var random = chip.Random(4);
        var answer = new byte[15];
        BinaryPrimitives.WriteUInt32BigEndian(answer, application.Balance);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(4), application.OfflineCounter);
        (answer[9], answer[10]) = (key.Version, (byte)chip.State.Algorithm);
        random.CopyTo(answer, 11);
        chip.Session.Pending = new(PendingKind.GreyLock, 0, terminal, random, key.Value, []);
        return Answer.Of(answer);
    }

    internal static ChipApplication? Application(ChipContext chip) => chip.Session.Application is { Profile.GreyLock: true } a ? a : null;
}
