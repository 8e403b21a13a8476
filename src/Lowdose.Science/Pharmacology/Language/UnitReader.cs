using System.Globalization;

namespace Lowdose.Science.Pharmacology.Language;

/// <summary>Reads a unit: names with * and / between them, whole powers with ^, parentheses.</summary>
internal sealed class UnitReader
{
    private const int Longest = 100;
    private readonly Piece _text;
    private int _at;

    private UnitReader(Piece text) => _text = text;

    private char Now => _at < _text.Text.Length ? _text.Text[_at] : '\0';

    private Place Here => new(_text.Line, _text.Column + _at);

    public static Unit Read(Piece text)
    {
        var reader = new UnitReader(text);
        if (text.Text.Length > Longest) throw reader.Here.Fault("the unit is too long", $"write at most {Longest} characters, as mg/L");
        var unit = reader.Product();
        return reader.Now == '\0' ? unit : throw reader.Here.Fault($"\"{reader.Now}\" does not belong in a unit", "write a unit such as mg/L, 1/h or L/h/kg");
    }

    private Unit Product()
    {
        var unit = Factor();
        while (Now is '*' or '/')
        {
            var divides = Now == '/';
            _at++;
            unit = divides ? unit / Factor() : unit * Factor();
        }
        return unit;
    }

    private Unit Factor()
    {
        Spaces();
        Unit unit;
        if (Now == '(')
        {
            var open = Here;
            _at++;
            unit = Product();
            if (Now != ')') throw open.Fault("a parenthesis in a unit is not closed", "write ) where it ends");
            _at++;
        }
        else unit = Name();
        Spaces();
        if (Now != '^') return unit;
        _at++;
        var from = _at;
        while (char.IsAsciiDigit(Now) || Now == '-') _at++;
        if (!int.TryParse(_text.Text.AsSpan(from, _at - from), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) || Math.Abs(power) > 9)
            throw new Place(_text.Line, _text.Column + from).Fault("the power of a unit is not a whole number from -9 to 9", "write it as in L^2");
        Spaces();
        return unit.Power(power);
    }

    private Unit Name()
    {
        var (from, at) = (_at, Here);
        while (char.IsLetter(Now) || Now is '%' || (Now == '1' && _at == from)) _at++;
        var name = _text.Text[from.._at];
        if (name.Length == 0) throw at.Fault("a unit is missing", "write a unit such as mg/L, 1/h or 1");
        return Unit.TryNamed(name, out var unit) ? unit : throw at.Fault($"there is no unit {name}", Near.Advice(name, Unit.Names, $"the units are {string.Join(", ", Unit.Names.Where(n => n.All(char.IsAscii)))}"));
    }

    private void Spaces()
    {
        while (Now == ' ') _at++;
    }
}
