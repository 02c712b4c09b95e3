using System.Buffers.Binary;

namespace Hardware.Simulators.Chip.Commands;

/// <summary>The commands that move money, and those that tell about it. Balance, counter, log and proof change in one commit.</summary>
internal static class PurseCommands
{
    private const int WrongMacLimit = 3;

    internal static Answer GetBalance(ChipContext chip, Apdu apdu)
    {
        if (chip.Session.Application is not { } application)
        {
            return StatusWord.NoCurrentFile;
        }

        return apdu.P2 == application.Profile.Purse ? Answer.Of(Bytes(application.Balance)) : StatusWord.WrongParameters;
    }

    internal static Answer GetProof(ChipContext chip, Apdu apdu)
    {
        if (chip.Session.Application is not { } application)
        {
            return StatusWord.NoCurrentFile;
        }

        if (apdu.Data.Length != 2)
        {
            return StatusWord.WrongLength;
        }

        var counter = BinaryPrimitives.ReadUInt16BigEndian(apdu.Data);
        return application.Proof is { } proof && proof.Type == apdu.P2 && proof.Counter == counter
            ? Answer.Of([.. Bytes(proof.Mac), .. Bytes(proof.Tac)])
            : StatusWord.NoProof;
    }

    internal static Answer Credit(ChipContext chip, Apdu apdu, Pending? pending) =>
        Online(chip, apdu, pending, PendingKind.Load, expectedP1: 0x00, expectedP2: 0x00);

    internal static Answer Debit(ChipContext chip, Apdu apdu, Pending? pending) =>
        apdu.P1 == 0x01
            ? Purchase(chip, apdu, pending)
            : Online(chip, apdu, pending, PendingKind.Unload, expectedP1: 0x03, expectedP2: 0x00);

    private static Answer Online(ChipContext chip, Apdu apdu, Pending? pending, PendingKind kind, byte expectedP1, byte expectedP2)
    {
        if (apdu.P1 != expectedP1 || apdu.P2 != expectedP2)
        {
            return StatusWord.WrongParameters;
        }

        if (apdu.Data.Length != CardTime.Size + SecureMessaging.MacLength)
        {
            return StatusWord.WrongLength;
        }

        if (chip.Session.Application is not { } application || pending?.Kind != kind)
        {
            return StatusWord.NotInitialised;
        }

        var load = kind == PendingKind.Load;
        var type = load ? application.Profile.LoadType : application.Profile.UnloadType;
        var time = apdu.Data[..CardTime.Size];
        var mac2 = PurseCryptography.HostMac(chip.Cipher, pending.SessionKey, pending.Amount, type, pending.Terminal, time);
        if (mac2 != BinaryPrimitives.ReadUInt32BigEndian(apdu.Data.AsSpan(CardTime.Size)))
        {
            return WrongMac(application);
        }

        var balance = load ? application.Balance + pending.Amount : application.Balance - pending.Amount;
        var counter = application.OnlineCounter;
        var key = load ? application.Key(KeyUsage.Tac)!.Value : pending.SessionKey;
        var proof = PurseCryptography.OnlineProof(
            chip.Cipher,
            key,
            underSession: !load,
            balance,
            counter,
            pending.Amount,
            type,
            pending.Terminal,
            time
        );
        var after = (ushort)(counter + 1);
        return Answer.Of(
            Bytes(proof),
            () =>
            {
                application.OnlineCounter = after;
                Settle(application, balance, pending, after, type, time, new(type, after, load ? 0 : proof, load ? proof : 0));
            }
        );
    }

    private static Answer Purchase(ChipContext chip, Apdu apdu, Pending? pending)
    {
        if (apdu.Data.Length != 15)
        {
            return StatusWord.WrongLength;
        }

        if (chip.Session.Application is not { } application || pending?.Kind != PendingKind.Purchase)
        {
            return StatusWord.NotInitialised;
        }

        var (cipher, type) = (chip.Cipher, application.Profile.PurchaseType);
        var number = BinaryPrimitives.ReadUInt32BigEndian(apdu.Data);
        var time = apdu.Data[4..11];
        var session = new byte[cipher.SessionKeyLength];
        PurseCryptography.OfflineSession(cipher, pending.Key, pending.Random, application.OfflineCounter, number, session);
        var mac1 = PurseCryptography.HostMac(cipher, session, pending.Amount, type, pending.Terminal, time);
        if (mac1 != BinaryPrimitives.ReadUInt32BigEndian(apdu.Data.AsSpan(11)))
        {
            return WrongMac(application);
        }

        var tacKey = application.Key(KeyUsage.Tac)!.Value;
        var tac = PurseCryptography.PurchaseTac(cipher, tacKey, pending.Amount, type, pending.Terminal, number, time);
        var mac2 = PurseCryptography.PurchaseMac2(cipher, session, pending.Amount);
        var after = (ushort)(application.OfflineCounter + 1);
        return Answer.Of(
            [.. Bytes(tac), .. Bytes(mac2)],
            () =>
            {
                application.OfflineCounter = after;
                Settle(application, application.Balance - pending.Amount, pending, after, type, time, new(type, after, mac2, tac));
            }
        );
    }

    private static void Settle(
        ChipApplication application,
        uint balance,
        Pending pending,
        ushort counter,
        byte type,
        byte[] time,
        ChipProof proof
    )
    {
        application.Balance = balance;
        application.WrongMacs = 0;
        application.Proof = proof;
        application.AddToLog(new(counter, pending.Amount, type, Convert.ToHexString(pending.Terminal), Convert.ToHexString(time)));
    }

    /// <summary>Counts a wrong MAC of the host or terminal; the third in a row blocks the application.</summary>
    internal static Answer WrongMac(ChipApplication application) =>
        Answer.Failed(
            StatusWord.WrongMac,
            () =>
            {
                application.WrongMacs++;
                if (application.WrongMacs >= WrongMacLimit)
                {
                    application.Block = ApplicationBlock.Temporary;
                }
            }
        );

    internal static byte[] Bytes(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
