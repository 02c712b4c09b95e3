using System.Buffers.Binary;
using Platform.Cards.Cryptography.Layouts;

namespace Hardware.Simulators.Chip.Commands;

/// <summary>The two ways out of a grey lock: by the station that locked the card, or online with an amount found in its records.</summary>
internal static class GreyUnlockCommands
{
    internal static Answer Unlock(ChipContext chip, Apdu apdu, Pending? pending) =>
        GreyCommands.Application(chip) is not { } application ? StatusWord.UnknownInstruction
        : application.Grey is not { State: GreyCommands.Locked } grey ? StatusWord.ConditionsNotSatisfied
        : apdu.P1 == GreyCommands.OnlineUnlock ? Online(chip, application, grey, apdu, pending)
        : Offline(chip, application, grey, apdu);

    private static Answer Offline(ChipContext chip, ChipApplication application, GreyRecord grey, Apdu apdu)
    {
        if (apdu.Data.Length != 27)
        {
            return StatusWord.WrongLength;
        }

        var amount = BinaryPrimitives.ReadUInt32BigEndian(apdu.Data);
        var number = BinaryPrimitives.ReadUInt32BigEndian(apdu.Data.AsSpan(12));
        var time = apdu.Data[16..23];
        var sameFill =
            BinaryPrimitives.ReadUInt16BigEndian(apdu.Data.AsSpan(4)) == grey.OfflineCounter
            && apdu.Data.AsSpan(6, 6).SequenceEqual(grey.Terminal)
            && number == grey.TerminalTransaction;
        var gmac = GreyCryptography.FillMac(chip.Cipher, grey.SessionKey, amount, grey.OfflineCounter, grey.Terminal, number, time);
        if (!sameFill || gmac != BinaryPrimitives.ReadUInt32BigEndian(apdu.Data.AsSpan(23)))
        {
            return PurseCommands.WrongMac(application);
        }

        if (amount > application.Balance)
        {
            return StatusWord.TooLittleMoney;
        }

        var type = application.Profile.PurchaseType;
        var tac = PurseCryptography.PurchaseTac(
            chip.Cipher,
            application.Key(KeyUsage.Tac)!.Value,
            amount,
            type,
            grey.Terminal,
            number,
            time
        );
        return Answer.Of(
            PurseCommands.Bytes(tac),
            () => Release(application, grey, amount, time, new(type, grey.OfflineCounter, gmac, tac))
        );
    }

    private static Answer Online(ChipContext chip, ChipApplication application, GreyRecord grey, Apdu apdu, Pending? pending)
    {
        if (apdu.Data.Length != 15)
        {
            return StatusWord.WrongLength;
        }

        if (pending?.Kind != PendingKind.OnlineUnlock)
        {
            return StatusWord.NotInitialised;
        }

        var amount = BinaryPrimitives.ReadUInt32BigEndian(apdu.Data);
        var time = apdu.Data[4..11];
        var mac2 = PurseCryptography.HostMac(chip.Cipher, pending.SessionKey, amount, GreyCommands.OnlineUnlock, pending.Terminal, time);
        if (mac2 != BinaryPrimitives.ReadUInt32BigEndian(apdu.Data.AsSpan(11)))
        {
            return PurseCommands.WrongMac(application);
        }

        if (amount > application.Balance)
        {
            return StatusWord.TooLittleMoney;
        }

        var (counter, balance) = (application.OnlineCounter, application.Balance - amount);
        var mac3 = PurseCryptography.OnlineProof(
            chip.Cipher,
            pending.SessionKey,
            underSession: true,
            balance,
            counter,
            amount,
            GreyCommands.OnlineUnlock,
            pending.Terminal,
            time
        );
        var after = (ushort)(counter + 1);
        return Answer.Of(
            PurseCommands.Bytes(mac3),
            () =>
            {
                application.OnlineCounter = after;
                Release(application, grey, amount, time, new(GreyCommands.OnlineUnlock, after, mac3, 0));
                application.Grey = null;
            }
        );
    }

    private static void Release(ChipApplication application, GreyRecord grey, uint amount, byte[] time, ChipProof proof)
    {
        application.Balance -= amount;
        application.WrongMacs = 0;
        application.Proof = proof;
        application.Grey = grey with { State = GreyCommands.TacUnread, Balance = application.Balance, Tac = proof.Tac };
        if (amount > 0)
        {
            var terminal = Convert.ToHexString(grey.Terminal);
            application.AddToLog(
                new LogRecord(grey.OfflineCounter, amount, application.Profile.PurchaseType, terminal, Convert.ToHexString(time))
            );
        }
    }

    internal static Answer Begin(ChipContext chip, ChipApplication application, ChipKey key, byte[] terminal)
    {
        if (application.OnlineCounter == ushort.MaxValue)
        {
            return StatusWord.CounterUsedUp;
        }

        var random = chip.Random(4);
        var session = new byte[chip.Cipher.SessionKeyLength];
        PurseCryptography.OnlineSession(chip.Cipher, key.Value, random, application.OnlineCounter, session);
        var mac1 = PurseCryptography.OnlineMac1(chip.Cipher, session, application.Balance, 0, GreyCommands.OnlineUnlock, terminal);
        var answer = new byte[18];
        BinaryPrimitives.WriteUInt32BigEndian(answer, application.Balance);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(4), application.OfflineCounter);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), application.OnlineCounter);
        (answer[8], answer[9]) = (key.Version, (byte)chip.State.Algorithm);
        random.CopyTo(answer, 10);
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(14), mac1);
        chip.Session.Pending = new(PendingKind.OnlineUnlock, 0, terminal, random, key.Value, session);
        return Answer.Of(answer);
    }
}
