using System.Buffers.Text;
using Cordon.Engine.Signals;

namespace Cordon.Gateways.Intake;

// The readings of single values.
internal sealed partial class SignalDraft
{
    private const int LongestCode = 64;
    private const int LongestDuration = 7 * 24 * 3600;

    private SignalId Id(SignalField field, ReadOnlySpan<byte> text)
    {
        Span<char> wide = stackalloc char[64];
        if (!Utf8Text.TryWiden(text, wide, out var length) || !SignalId.IsValid(wide[..length]))
        {
            Fault(SignalFields.NameOf(field), IntakeReason.Format, $"{Utf8Text.Quote(text)} is no id: 1 to 64 visible ASCII characters.");
            return default;
        }
        return new SignalId(wide[..length].ToString());
    }

    private MemberCode Member(SignalField field, ReadOnlySpan<byte> text)
    {
        if (members.TryGet(text, out var value)) return value;
        Span<char> wide = stackalloc char[32];
        if (Utf8Text.TryWiden(text, wide, out var length) && MemberCode.TryParse(wide[..length], out value))
        {
            if (Masking.Finds(value.ToString())) Misplaced(SignalFields.NameOf(field));
            else members.Add(text, value);
        }
        else Fault(SignalFields.NameOf(field), IntakeReason.Format, $"{Utf8Text.Quote(text)} is no member code: 1 to 32 characters of a-z, 0-9, '-', '_' and '.'.");
        return value;
    }

    private void SetTime(ReadOnlySpan<byte> text)
    {
        Span<char> wide = stackalloc char[40];
        if (!Utf8Text.TryWiden(text, wide, out var length) || !Instant.TryParse(wide[..length], out at))
            Fault("at", IntakeReason.Time, $"{Utf8Text.Quote(text)} is no time of RFC 3339 with an offset, such as 2026-03-02T16:15:00+08:00.");
    }

    private void RefuseFuture()
    {
        if (at > Instant.From(door.Time.GetUtcNow()) + Door.MostAhead)
            Fault("at", IntakeReason.Future, $"{at} lies more than {Door.MostAhead.TotalMinutes:0} minutes after this server's clock: nothing is told before it happens.");
    }

    private PhoneNumber Phone(SignalField field, ReadOnlySpan<byte> text, PhoneCheck check, Utf8Cache<PhoneNumber> cache)
    {
        if (cache.TryGet(text, out var number)) return number;
        if (text.Length <= 64 && DoorPhones.TryRead(TextOf(text), check, out number)) cache.Add(text, number);
        else Fault(SignalFields.NameOf(field), IntakeReason.Phone, $"{Utf8Text.Quote(text)} is no telephone number.");
        return number;
    }

    private T Choice<T>(SignalField field, ReadOnlySpan<byte> text) where T : struct, Enum
    {
        if (WireNames<T>.TryRead(text, out var value)) return value;
        var given = TextOf(text[..Math.Min(text.Length, 64)]);
        Fault(SignalFields.NameOf(field), IntakeReason.Format,
            $"{Utf8Text.Quote(text)} is none of {string.Join(", ", WireNames<T>.Names)}{NearestName.Hint(given, WireNames<T>.Names)}");
        return default;
    }

    private bool Flag(SignalField field, ReadOnlySpan<byte> text)
    {
        var isTrue = Utf8Text.Equal(text, "true");
        if (!isTrue && !Utf8Text.Equal(text, "false"))
            Fault(SignalFields.NameOf(field), IntakeReason.Format, $"{Utf8Text.Quote(text)} is neither true nor false.");
        return isTrue;
    }

    private string Code(SignalField field, ReadOnlySpan<byte> text)
    {
        var name = SignalFields.NameOf(field);
        if (text.Length > LongestCode) Fault(name, IntakeReason.TooLong, $"'{name}' takes {LongestCode} characters.");
        else if (!Utf8Text.IsVisibleAscii(text)) Fault(name, IntakeReason.Format, $"'{name}' takes visible ASCII characters and no blanks.");
        else
        {
            var value = TextOf(text);
            // A reference may be any long number, and one in eleven with a date inside looks like a person's; it is judged as ids are.
            if (field != SignalField.OrderReference && Masking.Finds(value)) Misplaced(name);
            return value;
        }
        return "";
    }

    private void SetDevice(ReadOnlySpan<byte> text)
    {
        Span<char> wide = stackalloc char[15];
        if (!Utf8Text.TryWiden(text, wide, out var length) || !Device.TryParse(wide[..length], out device))
            Fault("device", IntakeReason.Format, $"{Utf8Text.Quote(text)} is no IMEI: 14 digits, or 15 with the right check digit.");
    }

    private void SetDuration(ReadOnlySpan<byte> text)
    {
        var whole = Utf8Parser.TryParse(text, out durationSeconds, out var used) && used == text.Length;
        if (!whole || durationSeconds is < 0 or > LongestDuration)
            Fault("durationSeconds", IntakeReason.Format, $"{Utf8Text.Quote(text)} is no number of seconds from 0 to {LongestDuration} (a week).");
    }

    private Domain DomainName(SignalField field, ReadOnlySpan<byte> text)
    {
        if (domains.TryGet(text, out var value)) return value;
        if (text.Length <= 1024 && DomainNames.TryRead(TextOf(text), allowUrl: false, out value)) domains.Add(text, value);
        else Fault(SignalFields.NameOf(field), IntakeReason.Domain, $"{Utf8Text.Quote(text)} is no domain name (without scheme, port and path).");
        return value;
    }

    private void SetPerson(ReadOnlySpan<byte> text)
    {
        Span<char> wide = stackalloc char[40];
        if (!Utf8Text.TryWiden(text, wide, out var length) || !PersonToken.TryParse(wide[..length], out person))
            Fault("person", IntakeReason.Format, $"{Utf8Text.Quote(text)} is no token: 'p', a key version, '-' and 32 hexadecimal digits.");
    }

    private void SetIdentityNumber(ReadOnlySpan<byte> text)
    {
        if (door.Keys is null)
        {
            Fault("identityNumber", IntakeReason.NoTokenKey, "This door has no key to replace identity numbers: send 'person' with a token.");
            return;
        }
        var fault = text.Length > 128 ? IdentityNumberFault.Form : IdentityNumber.Read(TextOf(text), out var number) is var found && found == IdentityNumberFault.None
            ? Take(number) : found;
        if (fault == IdentityNumberFault.None) return;
        // The value is never shown: a mistyped number is still nearly a person's.
        if (fault == IdentityNumberFault.OldForm) Fault("identityNumber", IntakeReason.IdentityOldForm, "The number has the old form of 15 digits, which has no check character: give the one of 18.");
        else Fault("identityNumber", IntakeReason.IdentityNumber, $"This is no identity number of GB 11643: {Why(fault)}.");

        IdentityNumberFault Take(IdentityNumber number)
        {
            person = door.Keys.TokenOf(number);
            return IdentityNumberFault.None;
        }
    }

    private static string Why(IdentityNumberFault fault) => fault switch
    {
        IdentityNumberFault.Region => "its first digits are no region",
        IdentityNumberFault.BirthDate => "its birth date is not in the calendar",
        IdentityNumberFault.Check => "its check character does not fit",
        _ => "it has not 17 digits and a check character",
    };

    private AccountNumber Account(SignalField field, ReadOnlySpan<byte> text)
    {
        if (accounts.TryGet(text, out var value)) return value;
        Span<char> wide = stackalloc char[73];
        if (Utf8Text.TryWiden(text, wide, out var length) && AccountNumber.TryParse(wide[..length], out value))
        {
            if (Masking.Finds(value.Member.ToString())) Misplaced(SignalFields.NameOf(field));
            else accounts.Add(text, value);
        }
        else Fault(SignalFields.NameOf(field), IntakeReason.Format, $"{Utf8Text.Quote(text)} is no account: member:number, the number of 1 to 40 visible ASCII characters.");
        return value;
    }

    private void SetAmountText(SignalField field, ReadOnlySpan<byte> text)
    {
        if (text.Length > AmountBytes) Fault(SignalFields.NameOf(field), IntakeReason.TooLong, $"An amount takes {AmountBytes} characters.");
        else text.CopyTo(amountText);
        amountLength = Math.Min(text.Length, AmountBytes);
    }

    private void SetCurrency(SignalField field, ReadOnlySpan<byte> text)
    {
        Span<char> wide = stackalloc char[3];
        if (!Utf8Text.TryWiden(text, wide, out var length) || !Currency.TryParse(wide[..length], out currency))
            Fault(SignalFields.NameOf(field), IntakeReason.Format, $"{Utf8Text.Quote(text)} is no currency: three capital letters of ISO 4217.");
    }

    private bool ReadAmount(SignalField field, out Amount amount)
    {
        Span<char> wide = stackalloc char[AmountBytes];
        var written = amountText.AsSpan(0, amountLength);
        var difference = 0m;
        amount = default;
        var fault = Utf8Text.TryWiden(written, wide, out var length)
            ? AmountText.Read(wide[..length], currency, Rounding, out amount, out difference)
            : AmountFault.NotANumber;
        if (fault == AmountFault.None)
        {
            RoundingDifference = difference;
            WasRounded = difference != 0;
            return true;
        }
        var (reason, message) = AmountFaults.Describe(fault, Utf8Text.Quote(written), currency);
        Fault(SignalFields.NameOf(field), reason, message);
        return false;
    }

    /// <summary>
    /// An id, reference or account that is wholly an identity number would be stored as it stands. One whose "birth date"
    /// is within a year of the event is a dated serial number, and passes.
    /// </summary>
    private void RefuseNumbersAsIds()
    {
        if (IsPerson(id.Text)) Misplaced("id");
        if (Has(SignalField.Transfer) && IsPerson(transfer.Text)) Misplaced("transfer");
        if (Has(SignalField.OrderReference) && IsPerson(code)) Misplaced("orderReference");
        if (Has(SignalField.Account) && IsPerson(account.Number)) Misplaced("account");
        if (Has(SignalField.Payer) && IsPerson(account.Number)) Misplaced("payer");
        if (Has(SignalField.Payee) && IsPerson(payee.Number)) Misplaced("payee");
    }

    private bool IsPerson(string? text)
    {
        // Hyphens between the digits do not make it another number.
        if (text is not { Length: >= IdentityNumber.Length } || IdentityNumber.Read(text, out var number) != IdentityNumberFault.None) return false;
        var digits = number.Plain;
        var year = ((digits[6] - '0') * 1000) + ((digits[7] - '0') * 100) + ((digits[8] - '0') * 10) + digits[9] - '0';
        return Math.Abs(at.ToDateTimeOffset().Year - year) > 1;
    }

    private void Misplaced(string field) => Fault(field, IntakeReason.IdentityMisplaced, $"'{field}' is an identity number and would be stored: send it as 'identityNumber'.");
}
