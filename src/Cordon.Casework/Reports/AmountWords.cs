using Cordon.Engine.Signals;

namespace Cordon.Casework.Reports;

/// <summary>
/// Takes sums of money. A number with the name of a currency is one; a number without is one only where a word of paying
/// stands right before it and nothing behind it counts something else.
/// </summary>
internal static class AmountWords
{
    private static readonly (string Word, string Code)[] Before =
    [
        ("人民币", "CNY"), ("rmb", "CNY"), ("cny", "CNY"), ("¥", "CNY"), ("hk$", "HKD"), ("hkd", "HKD"), ("us$", "USD"), ("usd", "USD"),
        ("s$", "SGD"), ("sgd", "SGD"), ("a$", "AUD"), ("aud", "AUD"), ("£", "GBP"), ("gbp", "GBP"), ("€", "EUR"), ("eur", "EUR"), ("港币", "HKD"), ("美元", "USD"),
    ];

    private static readonly (string Word, string Code)[] After =
    [
        ("元人民币", "CNY"), ("人民币", "CNY"), ("元", "CNY"), ("块钱", "CNY"), ("块", "CNY"), ("圆", "CNY"), ("yuan", "CNY"), ("kuai", "CNY"), ("rmb", "CNY"), ("cny", "CNY"),
        ("港币", "HKD"), ("港元", "HKD"), ("hkd", "HKD"), ("美元", "USD"), ("美金", "USD"), ("usd", "USD"), ("us dollars", "USD"), ("新币", "SGD"), ("sgd", "SGD"),
        ("英镑", "GBP"), ("pounds", "GBP"), ("gbp", "GBP"), ("欧元", "EUR"), ("euros", "EUR"), ("eur", "EUR"), ("澳元", "AUD"), ("aud", "AUD"),
    ];

    private static readonly string[] Cues =
    [
        "转账", "转了", "转出", "转走", "转去", "汇了", "汇款", "汇出", "付了", "付款", "支付", "支付了", "交了", "充了", "充值", "充值了", "骗了", "骗走", "损失", "损失了", "共计", "一共",
        "总共", "共", "金额", "垫付", "垫付了", "借了", "打了", "打款", "投了", "投入", "入金", "刷了", "扣了", "扣款", "给了", "转", "汇",
        "sent", "paid", "lost", "transferred", "amount", "amount of", "total", "total of", "wired", "deposited", "invested", "remitted", "transfer of", "payment of", "pay", "send", "paid in", "put in", "paid out",
    ];

    private static readonly string[] Nearly = ["大约", "大概", "约", "将近", "近", "差不多", "about", "around", "approximately", "nearly", "almost", "over", "some", "roughly", "more than"];

    // What may stand between a word of paying and the sum.
    private const string Between = " 了:过去给他她的";

    public static List<AmountFact> TakeNamed(FoldedText text, Currency money) => Take(text, money, named: true);

    public static List<AmountFact> TakeBare(FoldedText text, Currency money) => Take(text, money, named: false);

    private static List<AmountFact> Take(FoldedText text, Currency money, bool named)
    {
        var found = new List<AmountFact>();
        for (var i = 0; i < text.Length;)
        {
            // A number is read from its first character only.
            if (!Numerals.Begins(text[i]) || text.IsTaken(i) || Continues(text, i))
            {
                i++;
                continue;
            }
            var read = Numerals.Read(text, i);
            if (read is { } number && Reading(text, i, number, money, named) is { } fact) found.Add(fact);
            var end = read?.End ?? i + 1;
            while (read is null && (text.IsDigit(end) || Numerals.DigitOf(text[end]) is not null || Numerals.UnitOf(text[end]) is not null)) end++;
            i = Math.Max(end, i + 1);
        }
        return found;
    }

    private static bool Continues(FoldedText text, int at)
    {
        if (text.IsDigit(at - 1) || Numerals.DigitOf(text[at - 1]) is not null || Numerals.UnitOf(text[at - 1]) is not null) return true;
        if (text[at - 1] is '.' or ',' or '-' && text.IsDigit(at - 2) && text.IsDigit(at)) return true;
        if (text[at - 1] is '第' or '/' or '_' or '-') return text[at - 1] != '-' || text.IsLetter(at - 2);
        return text.IsLetter(at - 1) && NameBefore(text, at).Length == 0;
    }

    private static AmountFact? Reading(FoldedText text, int at, Numeral number, Currency money, bool named)
    {
        var (start, end, value) = (at, number.End, number.Value);
        var approximate = TakeMore(text, ref end);
        if (approximate && Numerals.UnitOf(text[end]) is >= 10_000 and { } unit)
        {
            value *= unit;
            end++;
            number = number with { HasUnit = true };
        }
        if (!approximate) approximate = TakeMore(text, ref end);
        var thousands = Thousands(text, ref end, ref value, out var large);
        var before = NameBefore(text, start);
        var (code, after) = NameAfter(text, end);
        if (before.Length > 0) start -= before.Length;
        if (after > 0) end = after;
        code ??= before.Code;
        if (named)
        {
            if (code is null && !SoundsLikeMoney(text, end, number, value, thousands, large)) return null;
        }
        else if (code is not null || number.Digits > 9 || value < 100 || !CueBefore(text, start) || CountsElse(text, end)) return null;
        if (text[number.End] is '%' or '倍' or '折') return null;
        if (after > 0 && code == "CNY") AddSmall(text, ref end, ref value);
        approximate |= NearlyBefore(text, start);
        return ToAmount(value, code is null ? money : Currency.Parse(code)) is { Minor: > 0 } amount && text.Take(start, end) is { } span
            ? new AmountFact(span, amount, approximate)
            : null;
    }

    // 三万多, 5000余
    private static bool TakeMore(FoldedText text, ref int end)
    {
        if (text[end] is not ('多' or '余' or '来' or '几')) return false;
        end++;
        return true;
    }

    private static bool Thousands(FoldedText text, ref int end, ref decimal value, out bool large)
    {
        large = false;
        if (text[end] is not ('k' or 'w') || text.IsLetter(end + 1) || text.IsDigit(end + 1)) return false;
        large = char.IsAsciiLetterUpper(text.Text[end]);
        value *= text[end] == 'k' ? 1_000 : 10_000;
        end++;
        return true;
    }

    /// <summary>4.8万 and 50k need no currency where nothing is counted behind them.</summary>
    private static bool SoundsLikeMoney(FoldedText text, int end, Numeral number, decimal value, bool thousands, bool large)
    {
        if (CountsElse(text, end)) return false;
        return (thousands && !large && number.Value >= 1) || (number.HasUnit && text[end - 1] is '万' or '萬' or '亿' or '億' or '多' or '余' && value >= 10_000) || (number.HasUnit && HasTenThousand(text, number));
    }

    private static bool HasTenThousand(FoldedText text, Numeral number)
    {
        for (var i = number.End - 1; i >= 0 && number.End - i < 12; i--)
            if (text[i] is '万' or '萬') return number.Value >= 10_000;
            else if (!Numerals.Begins(text[i]) && Numerals.UnitOf(text[i]) is null) return false;
        return false;
    }

    private static (string? Code, int Length) NameBefore(FoldedText text, int at)
    {
        var end = at;
        while (at - end < 2 && text[end - 1] is ' ' or ':') end--;
        foreach (var (word, code) in Before)
        {
            var start = end - word.Length;
            if (start < 0 || !text.Starts(start, word) || text.IsTaken(start)) continue;
            if (text.IsLetter(start) && text.IsLetter(start - 1)) continue;
            // 美元 behind a number is that number's.
            if (word is "美元" or "港币" && (text.IsDigit(start - 1) || Numerals.UnitOf(text[start - 1]) is not null)) continue;
            return (code, at - start);
        }
        return (null, 0);
    }

    private static (string? Code, int End) NameAfter(FoldedText text, int at)
    {
        at = text.SkipBlanks(at, 2);
        if (text[at] == '(') at = text.SkipBlanks(at + 1, 1);
        foreach (var (word, code) in After)
        {
            if (!text.Starts(at, word) || text.IsTaken(at)) continue;
            var end = at + word.Length;
            if (text.IsLetter(end) && text.IsLetter(at)) continue;
            // 元旦 and 元宝 are no money of the bank.
            if (word == "元" && text[end] is '旦' or '宝' or '月') continue;
            return (code, end);
        }
        return (null, 0);
    }

    // 三元五角, 48元5毛3分
    private static void AddSmall(FoldedText text, ref int end, ref decimal value)
    {
        if (text[end] is '整' or '正') end++;
        foreach (var (small, other, weight) in ((char, char, decimal)[])[('角', '毛', 0.1m), ('分', '分', 0.01m)])
        {
            var digit = text.IsDigit(end) ? text[end] - '0' : Numerals.DigitOf(text[end]);
            if (digit is null || (text[end + 1] != small && text[end + 1] != other)) continue;
            value += digit.Value * weight;
            end += 2;
        }
    }

    private static bool CueBefore(FoldedText text, int at)
    {
        var before = text.Before(at, 24);
        foreach (var near in Nearly)
            if (before.TrimEnd(' ').EndsWith(near, StringComparison.Ordinal))
            {
                before = before.TrimEnd(' ')[..^near.Length];
                break;
            }
        var most = 4;
        while (true)
        {
            foreach (var cue in Cues)
                if (before.EndsWith(cue, StringComparison.Ordinal) && !(char.IsAsciiLetter(cue[0]) && before.Length > cue.Length && char.IsAsciiLetter(before[^(cue.Length + 1)]))) return true;
            if (before.IsEmpty || most-- == 0 || !Between.Contains(before[^1], StringComparison.Ordinal)) return false;
            before = before[..^1];
        }
    }

    // 大约5万, and 大约转了5万.
    private static bool NearlyBefore(FoldedText text, int at)
    {
        var before = text.Before(at, 24).TrimEnd(' ');
        if (EndsNearly(before)) return true;
        foreach (var cue in Cues)
            if (before.EndsWith(cue, StringComparison.Ordinal) && EndsNearly(before[..^cue.Length].TrimEnd(' '))) return true;
        return false;
    }

    private static bool EndsNearly(ReadOnlySpan<char> before)
    {
        foreach (var near in Nearly)
            if (before.EndsWith(near, StringComparison.Ordinal) && !(char.IsAsciiLetter(near[0]) && before.Length > near.Length && char.IsAsciiLetter(before[^(near.Length + 1)]))) return true;
        return false;
    }

    /// <summary>Whether what follows says that the number counts something that is no money.</summary>
    private static bool CountsElse(FoldedText text, int end)
    {
        var at = text.SkipBlanks(end, 1);
        var c = text[at];
        if ("人次个名粉户条步公里份张件台部字笔天小时分秒点月日号年岁倍折%度米克斤元块单本股枚种家位颗只页阅火-:/+".Contains(c, StringComparison.Ordinal)) return true;
        if (!text.IsLetter(at)) return false;
        var word = at;
        while (text.IsLetter(word) && word - at < 12) word++;
        return text.Slice(at, word - at) is not ("to" or "from" or "at" or "on" or "in" or "and" or "into" or "by" or "for" or "yesterday" or "today" or "this" or "via" or "then"
            or "but" or "more" or "last" or "through" or "out" or "altogether" or "that" or "with" or "he" or "she" or "they" or "i");
    }

    private static Amount? ToAmount(decimal value, Currency currency)
    {
        var scale = 1m;
        for (var i = 0; i < currency.MinorDigits; i++) scale *= 10;
        var minor = value * scale;
        return decimal.IsInteger(minor) && minor <= ReportIntake.MostLostMinor ? new Amount((long)minor, currency) : null;
    }
}
